package io.imagewright.worker;

import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class WorkerMessagesTest {

    private static Object read(String line) {
        WorkerMessages.FromWorker message = WorkerMessages.read(line, WorkerMessages.FromWorker.class);
        return message instanceof WorkerMessages.Failed failed
                ? failed.read()
                : message instanceof WorkerMessages.Progress progress ? progress.read() : message;
    }

    private static String failed(String kind, String problem, String next) {
        return "{\"message\":\"failed\",\"kind\":" + kind + ",\"problem\":" + problem + ",\"next\":" + next + "}";
    }

    @Test
    public void aFailureArrivesAsItWas() {
        Message problem = Message.of("a: b of ", SettingName.ENGINE.to("auto"));
        ImageException read = (ImageException) read(WorkerMessages.write(
                WorkerMessages.Failed.of(ImageException.Kind.ENVIRONMENT, problem, Message.of("Do c."))));
        assertEquals(ImageException.Kind.ENVIRONMENT, read.kind());
        assertEquals(problem, read.problem());
        assertEquals(Message.of("Do c."), read.next());
    }

    @Test
    public void whatIsNoMessageIsRefused() {
        for (String line : List.of(
                "",
                "null",
                "{}",
                "[]",
                "{\"message\":null}",
                "{\"message\":\"other\"}",
                "{\"message\":\"progress\"}",
                "{\"message\":\"progress\",\"event\":null}",
                "{\"message\":\"progress\",\"event\":\"null\"}",
                "{\"message\":\"done\"}",
                "{\"message\":\"done\",\"report\":null}",
                "{\"message\":\"failed\"}",
                "{\"message\":\"failed\",\"problem\":\"[]\",\"next\":\"[]\"}",
                failed("null", "\"[]\"", "\"[]\""),
                failed("\"\"", "\"[]\"", "\"[]\""),
                failed("\"OTHER\"", "\"[]\"", "\"[]\""),
                failed("\"SOURCE\"", "null", "\"[]\""),
                failed("\"SOURCE\"", "\"[]\"", "null"),
                failed("\"SOURCE\"", "\"null\"", "\"[]\""),
                failed("\"SOURCE\"", "\"[]\"", "\"null\""),
                failed("\"SOURCE\"", "\"\"", "\"[]\""),
                failed("\"SOURCE\"", "\"{}\"", "\"[]\""),
                failed("\"SOURCE\"", "\"[null]\"", "\"[]\""),
                failed("\"SOURCE\"", "\"[1]\"", "\"[]\""),
                failed("\"SOURCE\"", "\"[{}]\"", "\"[]\""))) {
            ImageException refused = assertThrows(line, ImageException.class, () -> read(line));
            assertEquals(line, ImageException.Kind.INTERNAL, refused.kind());
            assertTrue(line, refused.getMessage().startsWith("Cannot "));
        }
    }
}
