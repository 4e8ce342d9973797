package io.northwind.media;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;

@Path("/media")
public class TranscodeResource {

    enum Quality { LOW, HIGH }

    private static final Map<Quality, String> PRESETS = new EnumMap<>(Map.of(
            Quality.LOW, "ffmpeg -preset veryfast", Quality.HIGH, "ffmpeg -preset slow"));
    private static final File SPOOL = new File("/var/spool/media");

    @POST
    @Path("/thumb")
    public Response thumb(@FormParam("source") String source) throws IOException {
        CommandLine line = CommandLine.parse("sh -c \"convert " + source + " -resize 200 out.png\"");
        new DefaultExecutor().execute(line); // flaw: command-injection
        return Response.noContent().build();
    }

    @POST
    @Path("/preset")
    public Response preset(@FormParam("quality") String quality) throws Exception {
        String script = PRESETS.get(Quality.valueOf(quality)) + " -i current.mov out.mp4 > log.txt";
        Process p = new ProcessBuilder("bash", "-c", script).directory(SPOOL).start(); // fine: command-injection
        return Response.ok(Map.of("exit", p.waitFor())).build();
    }

    @GET
    @Path("/probe")
    public Response probe(@QueryParam("id") UUID id) throws Exception {
        String[] argv = new String[] {"sh", "-c", "ffprobe " + SPOOL + "/" + id + ".mov 2>&1"};
        Process p = Runtime.getRuntime().exec(argv); // fine: command-injection
        return Response.ok(Map.of("done", p.waitFor(5, TimeUnit.SECONDS))).build();
    }

    @POST
    @Path("/watermark")
    public Response watermark(@FormParam("text") String text, @FormParam("size") Integer size) throws Exception {
        List<String> script = new ArrayList<>();
        script.add("cd " + SPOOL);
        if (text != null) {
            script.add("echo '" + text + "' > mark.txt");
        }
        script.add("ffmpeg -i in.mov -vf drawtext=textfile=mark.txt:fontsize=" + (size == null ? 12 : size) + " o.mov");
        String joined = String.join(" && ", script);
        Process p = Runtime.getRuntime().exec(new String[] {"/bin/bash", "-lc", joined}); // flaw: command-injection
        return Response.ok(Map.of("exit", p.waitFor())).build();
    }

    @POST
    @Path("/caption")
    public Response caption(@FormParam("text") String text) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/opt/media/caption", "--stdin-name", "--");
        builder.command().add(text);
        int code = builder.directory(SPOOL).start().waitFor(); // fine: command-injection
        return Response.ok(Map.of("exit", code)).build();
    }

    @GET
    @Path("/version")
    public Response version(@HeaderParam("X-Codec") String codec) throws Exception {
        Job job = new Job();
        job.command = "ffmpeg -codecs | grep " + codec;
        return Response.ok(Map.of("exit", job.launch())).build();
    }

    @GET
    @Path("/convert")
    public Response convert(@QueryParam("filter") String filter) throws IOException {
        CommandLine line = new CommandLine("/usr/bin/convert");
        line.addArgument("in.png");
        if (filter == null || !filter.matches("(sepia|blur|mono)")) {
            throw new BadRequestException();
        }
        line.addArgument("-" + filter);
        return Response.ok(Map.of("exit", new DefaultExecutor().execute(line))).build(); // fine: command-injection
    }

    @POST
    @Path("/hook")
    public Response hook(Map<String, String> body) throws IOException {
        String binary = body.get("converter");
        Runtime runtime = Runtime.getRuntime();
        runtime.exec(binary + " in.mov out.mp4", null, SPOOL); // flaw: command-injection
        return Response.accepted().build();
    }

    private static final class Job {
        private String command;

        int launch() throws Exception {
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", command); // flaw: command-injection
            return builder.start().waitFor();
        }
    }
}
