package io.northwind.trace;

import java.util.Arrays;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.javalin.http.Context;

import org.apache.commons.text.StringEscapeUtils;
import org.slf4j.LoggerFactory;

public class TraceHandlers {

    private static final Logger JUL = Logger.getLogger(TraceHandlers.class.getName());
    private static final org.slf4j.Logger SLF = LoggerFactory.getLogger(TraceHandlers.class);

    public void open(Context ctx) {
        JUL.info("opened " + ctx.queryParam("document")); // flaw: log-injection
        ctx.status(204);
    }

    public void openById(Context ctx) {
        UUID id = UUID.fromString(ctx.pathParam("id"));
        JUL.log(Level.INFO, "opened {0}", id); // fine: log-injection
        ctx.status(204);
    }

    public void search(Context ctx) {
        String term = ctx.formParam("term");
        SLF.debug("search for '{}'", StringEscapeUtils.escapeJava(term)); // fine: log-injection
        ctx.status(204);
    }

    public void failed(Context ctx) {
        String account = ctx.formParam("account");
        String reason = "unknown";
        if (account != null && account.length() > 40) {
            reason = "too long";
        }
        String message = String.format("sign-in failed (%s) account=%s", reason, account);
        SLF.warn(message); // flaw: log-injection
        ctx.status(401);
    }

    public void device(Context ctx) {
        String device = ctx.header("X-Device");
        StringBuilder shown = new StringBuilder();
        for (char c : String.valueOf(device).toCharArray()) {
            shown.append(Character.isLetterOrDigit(c) ? c : '.');
        }
        SLF.info("device {}", shown); // fine: log-injection
        ctx.status(204);
    }

    public void batch(Context ctx) {
        int accepted = 0;
        for (String line : ctx.formParams("line")) {
            if (line.isBlank()) {
                continue;
            }
            accepted++;
            JUL.log(Level.FINE, "line {0}: {1}", new Object[] {accepted, line}); // flaw: log-injection
        }
        SLF.info("accepted {} lines", accepted); // fine: log-injection
        ctx.status(202);
    }

    public void rate(Context ctx) {
        int stars = ctx.formParamAsClass("stars", Integer.class).check(n -> n > 0 && n < 6, "range").get();
        JUL.warning("rated " + stars); // fine: log-injection
        ctx.status(204);
    }

    public void payment(Context ctx) {
        Audit audit = new Audit();
        audit.add("ref", ctx.formParam("reference"));
        audit.add("cents", ctx.formParam("cents"));
        audit.flush();
        ctx.status(204);
    }

    private static final class Audit {
        private String line = "payment";

        void add(String key, String value) {
            line += " " + key + "=" + value;
        }

        void flush() {
            SLF.info(line); // flaw: log-injection
        }
    }
}
