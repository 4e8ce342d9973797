package com.acme.sessions;

import java.beans.XMLDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.thoughtworks.xstream.XStream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.Constructor;
import org.yaml.snakeyaml.constructor.SafeConstructor;

@RestController
public class StateController {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @PostMapping("/state/import")
    public Map<String, Object> importState(HttpServletRequest request) throws Exception {
        ObjectInputStream in = new ObjectInputStream(request.getInputStream());
        Object state = in.readObject(); // flaw: deserialization
        return Map.of("type", state.getClass().getSimpleName());
    }

    @PostMapping("/state/json")
    public Map<String, Object> json(@RequestBody String body) throws IOException {
        Preferences prefs = MAPPER.readValue(body, Preferences.class); // fine: deserialization
        return Map.of("rows", prefs.rows);
    }

    @GetMapping("/state/cart")
    public Map<String, Object> cart(HttpServletRequest request) throws Exception {
        byte[] blob = null;
        Cookie[] cookies = request.getCookies();
        for (Cookie c : cookies == null ? new Cookie[0] : cookies) {
            if ("cart".equals(c.getName())) {
                blob = Base64.getUrlDecoder().decode(c.getValue());
            }
        }
        if (blob == null) {
            return Map.of("items", 0);
        }
        return Map.of("items", ((ArrayList<?>) unpack(blob)).size());
    }

    @PostMapping("/state/filtered")
    public Map<String, Object> filtered(HttpServletRequest request) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(request.getInputStream())) {
            in.setObjectInputFilter(ObjectInputFilter.Config.createFilter("com.acme.sessions.Preferences;maxdepth=3;!*"));
            Preferences prefs = (Preferences) in.readObject(); // fine: deserialization
            return Map.of("rows", prefs.rows);
        }
    }

    @PostMapping("/state/yaml")
    public Map<String, Object> yaml(@RequestBody String body) {
        Yaml yaml = new Yaml(new Constructor(Object.class, openTags()));
        Object value = yaml.load(body); // flaw: deserialization
        return Map.of("loaded", value != null);
    }

    @PostMapping("/state/yaml2")
    public Map<String, Object> plainYaml(@RequestBody String body) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        Map<String, Object> value = yaml.load(body); // fine: deserialization
        return Map.of("keys", value.size());
    }

    @PostMapping("/state/beans")
    public Map<String, Object> beans(@RequestBody byte[] body) {
        try (XMLDecoder decoder = new XMLDecoder(new ByteArrayInputStream(body))) {
            Object bean = decoder.readObject(); // flaw: deserialization
            return Map.of("bean", bean.getClass().getName());
        }
    }

    @PostMapping("/state/xml")
    public Map<String, Object> xml(@RequestBody String body) {
        XStream xstream = new XStream();
        xstream.allowTypes(new Class<?>[] {Preferences.class});
        xstream.alias("preferences", Preferences.class);
        Preferences prefs = (Preferences) xstream.fromXML(body); // fine: deserialization
        return Map.of("rows", prefs.rows);
    }

    public Preferences copyOf(Preferences source) throws Exception {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(buffer)) {
            out.writeObject(source);
        }
        ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(buffer.toByteArray()));
        return (Preferences) in.readObject(); // fine: deserialization
    }

    private Object unpack(byte[] blob) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(blob))) {
            return in.readObject(); // flaw: deserialization
        }
    }

    private static LoaderOptions openTags() {
        LoaderOptions options = new LoaderOptions();
        options.setTagInspector(tag -> true);
        return options;
    }

    public static class Preferences implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        public int rows;
    }
}
