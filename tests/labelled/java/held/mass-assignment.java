package io.northwind.crm;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.Gson;

import io.javalin.http.Context;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.modelmapper.ModelMapper;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;

@Path("/contacts")
public class ContactResource {

    private static final List<String> OPEN_FIELDS = List.of("name", "city");

    private final Repository repository;
    private final Gson gson = new Gson();
    private final ModelMapper modelMapper = new ModelMapper();

    public ContactResource(Repository repository) {
        this.repository = repository;
    }

    public void create(Context ctx) {
        repository.save(ctx.bodyAsClass(Contact.class)); // flaw: mass-assignment
        ctx.status(201);
    }

    public void createFromForm(Context ctx) {
        ContactForm form = ctx.bodyAsClass(ContactForm.class); // fine: mass-assignment
        Contact contact = new Contact();
        contact.setName(form.name);
        contact.setCity(form.city);
        repository.save(contact);
        ctx.status(201);
    }

    public void edit(Context ctx) {
        Contact contact = repository.own(ctx.sessionAttribute("uid"));
        BeanWrapper wrapper = PropertyAccessorFactory.forBeanPropertyAccess(contact);
        wrapper.setPropertyValues(ctx.bodyAsClass(Map.class)); // flaw: mass-assignment
        repository.save(contact);
    }

    public void editListed(Context ctx) {
        Contact contact = repository.own(ctx.sessionAttribute("uid"));
        BeanWrapper wrapper = PropertyAccessorFactory.forBeanPropertyAccess(contact);
        for (String field : OPEN_FIELDS) {
            if (ctx.formParam(field) != null) {
                wrapper.setPropertyValue(field, ctx.formParam(field)); // fine: mass-assignment
            }
        }
        repository.save(contact);
    }

    public void reflect(Context ctx) throws ReflectiveOperationException {
        Contact contact = repository.own(ctx.sessionAttribute("uid"));
        for (Map.Entry<String, List<String>> e : ctx.formParamMap().entrySet()) {
            Field field = Contact.class.getDeclaredField(e.getKey());
            field.set(contact, field.getType() == boolean.class // flaw: mass-assignment
                    ? (Object) Boolean.valueOf(e.getValue().get(0)) : e.getValue().get(0));
        }
        repository.save(contact);
    }

    @PUT
    @Path("/copy")
    public Response copy(String json) {
        Contact sent = gson.fromJson(json, Contact.class);
        Contact stored = repository.own(sent.getId());
        BeanUtils.copyProperties(sent, stored, "id", "partner", "rebate"); // fine: mass-assignment
        repository.save(stored);
        return Response.noContent().build();
    }

    @POST
    @Path("/form")
    public Response form(@BeanParam ContactForm form) { // fine: mass-assignment
        Contact contact = modelMapper.map(form, Contact.class);
        repository.save(contact);
        return Response.noContent().build();
    }

    @PUT
    @Path("/merge")
    public Response merge(String json) {
        apply(gson.fromJson(json, Contact.class));
        return Response.noContent().build();
    }

    private void apply(Contact sent) {
        Contact stored = repository.own(sent.getId());
        BeanUtils.copyProperties(sent, stored); // flaw: mass-assignment
        repository.save(stored);
    }

    public static class ContactForm {
        @FormParam("name")
        public String name;
        @FormParam("city")
        public String city;
    }

    public static class Contact {
        private String id;
        private String name;
        private String city;
        @JsonProperty
        private boolean partner;
        @JsonProperty
        private int rebate;

        public String getId() {
            return id;
        }

        public String getName() {
            return name;
        }

        public String getCity() {
            return city;
        }

        public boolean isPartner() {
            return partner;
        }

        public int getRebate() {
            return rebate;
        }

        public void setName(String name) {
            this.name = name;
        }

        public void setCity(String city) {
            this.city = city;
        }

        public void setPartner(boolean partner) {
            this.partner = partner;
        }

        public void setRebate(int rebate) {
            this.rebate = rebate;
        }
    }

    public interface Repository {
        void save(Contact contact);

        Contact own(String id);
    }
}
