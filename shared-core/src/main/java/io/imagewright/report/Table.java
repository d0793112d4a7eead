package io.imagewright.report;

import java.util.List;

import io.imagewright.markup.Markup;

/** A table of the page, in a box of its own that scrolls when it is too wide or too long. */
final class Table {

    /** How a column's cells look. */
    enum Column {
        TEXT(""),
        NUMBER("number"),
        CODE("code"),
        DIGEST("code digest");

        private final String style;

        Column(String style) {
            this.style = style;
        }
    }

    private final Markup html = new Markup();
    private final List<Column> columns;

    /**
     * Begins one.
     *
     * @param id of the table; empty for none
     * @param heads one for each column
     */
    Table(String id, String caption, List<String> heads, List<Column> columns) {
        this.columns = List.copyOf(columns);
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
        html.open("table", id.isEmpty() ? new String[0] : new String[] {"id", id})
                .element("caption", caption)
                .open("thead")
                .open("tr");
        for (int i = 0; i < heads.size(); i++) {
            html.element("th", heads.get(i), "scope", "col", "class", columns.get(i).style);
        }
        html.close("tr").close("thead").open("tbody").line();
    }

    /** Adds a line; its first cell is what the line is about. */
    Table row(String... cells) {
        return row("", cells);
    }

    /** The same, with a square of this colour in the first cell. */
    Table row(String colour, String[] cells) {
        html.open("tr");
        for (int i = 0; i < cells.length; i++) {
            String style = columns.get(i).style;
            if (i == 0) {
                html.open("th", "scope", "row", "class", style);
                swatch(colour);
                html.text(cells[0]).close("th");
            } else {
                html.element("td", cells[i], style.isEmpty() ? new String[0] : new String[] {"class", style});
            }
        }
        html.close("tr").line();
        return this;
    }

    private void swatch(String colour) {
        if (!colour.isEmpty()) {
            html.open("svg", "class", "swatch", "width", "12", "height", "12", "aria-hidden", "true")
                    .shape("rect", "width", "100%", "height", "100%", "rx", "2", "fill", colour)
                    .close("svg");
        }
    }

    /** Ends it. */
    @Override
    public String toString() {
        return html + "</tbody></table></div>\n";
    }
}
