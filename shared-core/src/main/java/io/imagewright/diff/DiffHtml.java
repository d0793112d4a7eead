package io.imagewright.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.imagewright.markup.Markup;
import org.jspecify.annotations.Nullable;

/** A difference as a page that needs nothing else: no network, no script. */
final class DiffHtml {

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #d0d4da; --soft: #5b6470; --head: #f1f3f6; }
            @media (prefers-color-scheme: dark) { :root { --line: #3c424b; --soft: #a3abb6; --head: #23272e; } }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.2rem; margin-top: 2rem; }
            p.none { color: var(--soft); }
            .table { overflow-x: auto; }
            table { border-collapse: collapse; width: 100%; }
            th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
            th { background: var(--head); }
            td { overflow-wrap: anywhere; }
            th.number, td.number { text-align: right; white-space: nowrap; }
            """;

    // texts are fit to be shown, and of a bounded length, before they come here
    private final Markup html = new Markup(Integer.MAX_VALUE);

    private DiffHtml() {}

    /** A column of a table; numbers stand at its right edge. */
    private record Column<T>(String title, boolean number, Function<T, @Nullable String> cell) {

        static <T> Column<T> text(String title, Function<T, @Nullable String> cell) {
            return new Column<>(title, false, cell);
        }

        static <T> Column<T> number(String title, Function<T, @Nullable String> cell) {
            return new Column<>(title, true, cell);
        }
    }

    static String of(Difference difference) {
        DiffHtml page = new DiffHtml();
        String title = "From " + difference.before() + " to " + difference.after();
        page.html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").line();
        page.html.open("head").line().open("meta", "charset", "utf-8").line();
        page.html
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        page.html.element("title", title).line();
        page.html.open("style").line().raw(STYLE).close("style").line();
        page.html.close("head").line().open("body").line();
        page.html.element("h1", title).line();
        if (difference.none()) {
            page.none("No difference.");
        } else {
            page.values("Facts", difference.facts());
            page.values("Properties", difference.properties());
            page.packages("Packages added", difference.packages().added());
            page.packages("Packages removed", difference.packages().removed());
            page.packages("Packages changed", difference.packages().changed());
            page.files(difference.files());
        }
        return page.html.close("body").line().close("html").line().toString();
    }

    private void values(String title, List<ValueChange> changes) {
        table(
                title,
                changes,
                List.of(
                        Column.text("Name", ValueChange::name),
                        Column.text("Old", ValueChange::before),
                        Column.text("New", ValueChange::after)));
    }

    private void packages(String title, List<PackageChange> changes) {
        table(
                title,
                changes,
                List.of(
                        Column.text("Package", PackageChange::name),
                        Column.text("Kind", PackageChange::kind),
                        Column.text("Architecture", PackageChange::architecture),
                        Column.text("Old", PackageChange::before),
                        Column.text("New", PackageChange::after)));
    }

    private void files(FileChanges files) {
        if (files.all().none()) {
            table("Files", List.<FileChange>of(), List.of());
            return;
        }
        List<FileChanges.Directory> rows = new ArrayList<>(files.directories());
        rows.add(new FileChanges.Directory("all", files.all()));
        table(
                "Files",
                rows,
                List.of(
                        Column.text("Directory", FileChanges.Directory::name),
                        count(ChangeKind.ADDED),
                        count(ChangeKind.REMOVED),
                        count(ChangeKind.CHANGED),
                        count(ChangeKind.TOUCHED)));
        for (ChangeKind kind : ChangeKind.values()) {
            if (!files.largest(kind).isEmpty()) {
                table(
                        "Largest files " + kind.word(),
                        files.largest(kind),
                        List.of(
                                Column.text("File", FileChange::path),
                                Column.text("Type", FileChange::type),
                                Column.number("Bytes", change -> DiffText.bytes(kind, change.counted())),
                                Column.text("Differs in", change -> String.join(", ", change.what()))));
            }
        }
    }

    private static Column<FileChanges.Directory> count(ChangeKind kind) {
        return Column.number(kind.word(), directory -> {
            Count count = directory.counts().of(kind);
            return count.files() == 0 ? "" : count.files() + " (" + DiffText.bytes(kind, count.bytes()) + ")";
        });
    }

    private <T> void table(String title, List<T> rows, List<Column<T>> columns) {
        html.element("h2", title).line();
        if (rows.isEmpty()) {
            none("None.");
            return;
        }
        html.open("div", "class", "table").open("table").line().open("tr");
        columns.forEach(column -> cell("th", column, column.title()));
        html.close("tr").line();
        for (T row : rows) {
            html.open("tr");
            columns.forEach(column -> cell("td", column, column.cell().apply(row)));
            html.close("tr").line();
        }
        html.close("table").close("div").line();
    }

    private void none(String text) {
        html.element("p", text, "class", "none").line();
    }

    private void cell(String element, Column<?> column, @Nullable String text) {
        String shown = text == null ? "" : text;
        if (column.number()) {
            html.element(element, shown, "class", "number");
        } else {
            html.element(element, shown);
        }
    }
}
