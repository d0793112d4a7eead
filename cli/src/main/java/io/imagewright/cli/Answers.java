package io.imagewright.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.api.JsonText;

/**
 * What comes of a command, on standard output.
 *
 * @param asMessages whether everything there is a JSON object on a line of its own
 */
record Answers(boolean asMessages, PrintStream out) {

    /** Of an image: lines for people, or the same for programs. */
    void print(String command, String image, List<String> lines, Map<String, Object> document) {
        if (asMessages) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("type", "image-result");
            message.put("command", command);
            message.put("image", image);
            message.put("result", document);
            out.println(JsonText.oneLine(message));
        } else {
            lines.forEach(out::println);
        }
    }
}
