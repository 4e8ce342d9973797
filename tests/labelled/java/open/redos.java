package com.acme.validation;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class ValidationController {

    private static final Pattern WORDS = Pattern.compile("^(([\\w']+)*\\s?)+$"); // flaw: redos
    private static final Pattern SLUG = Pattern.compile("^[a-z0-9]+(?:-[a-z0-9]+)*$"); // fine: redos
    private static final Pattern NUMBER = Pattern.compile("^\\d{1,10}(?:\\.\\d{1,4})?$"); // fine: redos
    private static final Pattern LIST = Pattern.compile("^(?:([a-z]+)*,?)+;$"); // flaw: redos
    private static final String TAG_REGEX = "^#((\\w|\\w\\w)+-?)+$";

    @GetMapping("/validate/title")
    public Map<String, Boolean> title(@RequestParam String value) {
        return Map.of("ok", WORDS.matcher(value).matches());
    }

    @GetMapping("/validate/slug")
    public Map<String, Boolean> slug(@RequestParam String value) {
        return Map.of("ok", SLUG.matcher(value).matches());
    }

    @GetMapping("/validate/amount")
    public Map<String, Boolean> amount(@RequestParam String value) {
        return Map.of("ok", NUMBER.matcher(value).matches());
    }

    @GetMapping("/validate/list")
    public Map<String, Boolean> list(@RequestParam String value) {
        return Map.of("ok", LIST.matcher(value).find());
    }

    @GetMapping("/validate/tag")
    public Map<String, Boolean> tag(@RequestParam String value) {
        return Map.of("ok", value.matches(TAG_REGEX)); // flaw: redos
    }

    @PostMapping("/validate/search")
    public Map<String, Integer> search(@RequestParam String pattern, @RequestBody String text) {
        Matcher m = Pattern.compile(pattern).matcher(text); // flaw: redos
        int hits = 0;
        while (m.find()) {
            hits++;
        }
        return Map.of("hits", hits);
    }

    @PostMapping("/validate/literal")
    public Map<String, Integer> literal(@RequestParam String needle, @RequestBody String text) {
        Matcher m = Pattern.compile(Pattern.quote(needle)).matcher(text); // fine: redos
        int hits = 0;
        while (m.find()) {
            hits++;
        }
        return Map.of("hits", hits);
    }

    @PostMapping("/validate/filter")
    public List<String> filter(@RequestParam String glob, @RequestBody List<String> names) {
        String regex = ".*" + glob.trim() + ".*";
        return select(names, regex);
    }

    @PostMapping("/validate/email")
    public Map<String, Boolean> email(@RequestBody String value) {
        if (value.length() > 64) {
            return Map.of("ok", false);
        }
        return Map.of("ok", value.matches("[\\w.+-]{1,40}@[\\w-]{1,20}\\.[a-z]{2,6}")); // fine: redos
    }

    private static List<String> select(List<String> names, String regex) {
        return names.stream().filter(n -> n.matches(regex)).toList(); // flaw: redos
    }
}
