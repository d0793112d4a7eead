package io.imagewright.job;

import java.util.ArrayList;
import java.util.List;

/** The difference of two short texts as a unified diff without its head: lines that begin with a blank, a minus, a plus, or {@code @@}. */
final class LineDiff {

    /** Lines before and after a change. */
    private static final int CONTEXT = 2;

    /** Comparisons that are made; a change beyond is shown as one block. */
    private static final long MOST_COMPARISONS = 1_000_000;

    private record Edit(char kind, String line) {}

    private LineDiff() {}

    static List<String> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        int head = 0;
        while (head < Math.min(old.size(), fresh.size()) && old.get(head).equals(fresh.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), fresh.size()) - head
                && old.get(old.size() - 1 - tail).equals(fresh.get(fresh.size() - 1 - tail))) {
            tail++;
        }
        List<Edit> edits = new ArrayList<>();
        old.subList(0, head).forEach(line -> edits.add(new Edit(' ', line)));
        addMiddle(old.subList(head, old.size() - tail), fresh.subList(head, fresh.size() - tail), edits);
        old.subList(old.size() - tail, old.size()).forEach(line -> edits.add(new Edit(' ', line)));
        return hunks(edits);
    }

    /** By the longest common subsequence. */
    private static void addMiddle(List<String> old, List<String> fresh, List<Edit> edits) {
        int[][] common = new int[0][0];
        if ((long) old.size() * fresh.size() <= MOST_COMPARISONS) {
            common = new int[old.size() + 1][fresh.size() + 1];
            for (int i = old.size() - 1; i >= 0; i--) {
                for (int j = fresh.size() - 1; j >= 0; j--) {
                    common[i][j] = old.get(i).equals(fresh.get(j))
                            ? common[i + 1][j + 1] + 1
                            : Math.max(common[i + 1][j], common[i][j + 1]);
                }
            }
        }
        int i = 0;
        int j = 0;
        while (common.length > 0 && i < old.size() && j < fresh.size()) {
            if (old.get(i).equals(fresh.get(j))) {
                edits.add(new Edit(' ', old.get(i++)));
                j++;
            } else if (common[i + 1][j] >= common[i][j + 1]) {
                edits.add(new Edit('-', old.get(i++)));
            } else {
                edits.add(new Edit('+', fresh.get(j++)));
            }
        }
        old.subList(i, old.size()).forEach(line -> edits.add(new Edit('-', line)));
        fresh.subList(j, fresh.size()).forEach(line -> edits.add(new Edit('+', line)));
    }

    private static List<String> hunks(List<Edit> edits) {
        boolean[] shown = new boolean[edits.size()];
        for (int i = 0; i < edits.size(); i++) {
            if (edits.get(i).kind() != ' ') {
                for (int near = Math.max(0, i - CONTEXT); near <= Math.min(edits.size() - 1, i + CONTEXT); near++) {
                    shown[near] = true;
                }
            }
        }
        List<String> lines = new ArrayList<>();
        int number = 1;
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            if (shown[i]) {
                if (i > 0 && !shown[i - 1]) {
                    lines.add("@@ line " + number + " @@");
                }
                lines.add(edit.kind() + edit.line());
            }
            number += edit.kind() == '+' ? 0 : 1;
        }
        return lines;
    }
}
