package io.northwind.sso;

import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.naming.Context;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchScope;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

@Path("/sso")
public class DirectoryResource {

    private static final String BASE = "dc=northwind,dc=io";

    private final LDAPConnection connection;
    private final InitialDirContext context;

    public DirectoryResource(LDAPConnection connection, InitialDirContext context) {
        this.connection = connection;
        this.context = context;
    }

    @GET
    @Path("/mail")
    public Response mail(@QueryParam("mail") String mail) throws LDAPException {
        int n = connection.search(BASE, SearchScope.SUB, "(mail=" + mail + ")").getEntryCount(); // flaw: ldap-injection
        return Response.ok(Map.of("n", n)).build();
    }

    @GET
    @Path("/phone")
    public Response phone(@QueryParam("phone") String phone) throws LDAPException {
        Filter filter = Filter.createANDFilter(
                Filter.createEqualityFilter("objectClass", "person"),
                Filter.createEqualityFilter("telephoneNumber", phone));
        int n = connection.search(BASE, SearchScope.SUB, filter).getEntryCount(); // fine: ldap-injection
        return Response.ok(Map.of("n", n)).build();
    }

    @POST
    @Path("/groups")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response groups(@FormParam("member") String member, @FormParam("kind") String kind) throws LDAPException {
        Map<String, String> terms = new LinkedHashMap<>();
        terms.put("objectClass", "groupOfNames");
        terms.put("memberUid", member);
        if (kind != null) {
            terms.put("businessCategory", kind);
        }
        String text = "(&";
        for (Map.Entry<String, String> term : terms.entrySet()) {
            text += "(" + term.getKey() + "=" + term.getValue() + ")";
        }
        Filter filter = Filter.create(text + ")"); // flaw: ldap-injection
        return Response.ok(Map.of("n", connection.search(BASE, SearchScope.SUB, filter).getEntryCount())).build();
    }

    @GET
    @Path("/unit")
    public Response unit(@QueryParam("unit") String unit) throws Exception {
        LdapName name = new LdapName(BASE);
        name.add(new Rdn("ou", unit));
        Object found = context.lookup(name); // fine: ldap-injection
        return Response.ok(Map.of("present", found != null)).build();
    }

    @GET
    @Path("/room")
    public Response room(@QueryParam("room") String room) throws Exception {
        if (room == null || !room.matches("[A-Z][0-9]{3}")) {
            return Response.status(400).build();
        }
        var hits = context.search(BASE, "(roomNumber=" + room + ")", new SearchControls()); // fine: ldap-injection
        return Response.ok(Map.of("any", hits.hasMore())).build();
    }

    @POST
    @Path("/bind")
    public Response bind(@FormParam("user") String user, @FormParam("secret") String secret) throws LDAPException {
        String dn = String.format("uid=%s,ou=staff,%s", user, BASE);
        connection.bind(dn, secret); // flaw: ldap-injection
        return Response.noContent().build();
    }

    @GET
    @Path("/manager")
    public Response manager(@QueryParam("id") String id) throws Exception {
        Query query = new Query();
        query.filter = "(&(objectClass=person)(manager=uid=" + id + "," + BASE + "))";
        return Response.ok(Map.of("any", run(query))).build();
    }

    @GET
    @Path("/card")
    public Response card(@QueryParam("card") String card) throws Exception {
        StringBuilder escaped = new StringBuilder();
        for (char c : card.toCharArray()) {
            escaped.append(Character.isLetterOrDigit(c) && c < 128 ? String.valueOf(c) : "");
        }
        Query query = new Query();
        var hits = context.search(query.base, "(cardNumber=" + escaped + ")", new SearchControls()); // fine: ldap-injection
        return Response.ok(Map.of("any", hits.hasMore())).build();
    }

    private boolean run(Query query) throws Exception {
        return context.search(query.base, query.filter, new SearchControls()).hasMore(); // flaw: ldap-injection
    }

    private static final class Query {
        private final String base = BASE;
        private String filter;
    }
}
