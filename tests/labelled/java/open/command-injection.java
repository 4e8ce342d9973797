package com.acme.netops.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/netops")
public class DiagnosticsController {

    private static final Pattern HOSTNAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}\\.)*[a-z0-9-]{0,62}");
    private static final Set<String> SERVICES = Set.of("nginx", "postgresql", "redis-server");
    private static final String[] UPTIME = {"/bin/sh", "-c", "uptime | cut -d, -f3-"};

    @GetMapping("/ping")
    public Map<String, Object> ping(@RequestParam String host) throws IOException {
        Process p = Runtime.getRuntime().exec(new String[] {"sh", "-c", "ping -c 3 " + host}); // flaw: command-injection
        return Map.of("lines", readLines(p));
    }

    @GetMapping("/load")
    public Map<String, Object> load() throws IOException {
        Process p = Runtime.getRuntime().exec(UPTIME); // fine: command-injection
        return Map.of("lines", readLines(p));
    }

    @GetMapping("/trace")
    public Map<String, Object> trace(@RequestParam String target, @RequestParam(defaultValue = "20") int hops)
            throws IOException {
        String name = target.toLowerCase();
        if (!HOSTNAME.matcher(name).matches()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        List<String> argv = new ArrayList<>();
        argv.add("/bin/sh");
        argv.add("-c");
        argv.add("traceroute -m " + hops + " " + name + " 2>&1");
        Process p = new ProcessBuilder(argv).start(); // fine: command-injection
        return Map.of("lines", readLines(p));
    }

    @PostMapping("/capture")
    public Map<String, Object> capture(@RequestBody CaptureRequest req) throws IOException {
        StringBuilder line = new StringBuilder("tcpdump -c ");
        line.append(req.count());
        if (req.device() != null && !req.device().isEmpty()) {
            line.append(" -i ").append(req.device());
        }
        for (String part : req.filters()) {
            line.append(' ').append(part);
        }
        List<String> argv = Arrays.asList("bash", "-c", line.toString());
        ProcessBuilder builder = new ProcessBuilder(argv); // flaw: command-injection
        builder.redirectErrorStream(true);
        return Map.of("lines", readLines(builder.start()));
    }

    @PostMapping("/services/{name}/restart")
    public Map<String, Object> restart(@PathVariable String name) throws IOException {
        if (!SERVICES.contains(name)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Process p = Runtime.getRuntime().exec("systemctl restart " + name); // fine: command-injection
        return Map.of("lines", readLines(p));
    }

    @GetMapping("/dns")
    public Map<String, Object> dns(@RequestParam String zone, @RequestParam(required = false) String type)
            throws IOException {
        String record = type == null ? "A" : type;
        return Map.of("lines", shell(String.format("dig +short %s %s", record, zone)));
    }

    @GetMapping("/disk/{slot}")
    public Map<String, Object> disk(@PathVariable String slot) throws IOException {
        int index = Integer.parseInt(slot);
        String cmd = "smartctl -H /dev/sd" + (char) ('a' + index % 8);
        Process p = Runtime.getRuntime().exec(cmd); // fine: command-injection
        return Map.of("lines", readLines(p));
    }

    @GetMapping("/plugin")
    public Map<String, Object> plugin(@RequestParam String tool, @RequestParam String arg) throws IOException {
        ProcessBuilder pb = new ProcessBuilder();
        pb.command(tool, "--report", arg); // flaw: command-injection
        Process started = pb.start();
        return Map.of("lines", readLines(started));
    }

    private List<String> shell(String script) throws IOException {
        String[] argv = {"/bin/sh", "-c", script};
        Process p = Runtime.getRuntime().exec(argv); // flaw: command-injection
        return readLines(p);
    }

    private static List<String> readLines(Process p) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines().limit(500).collect(Collectors.toList());
        }
    }

    public record CaptureRequest(String device, int count, List<String> filters) {
    }
}
