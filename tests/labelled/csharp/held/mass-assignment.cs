using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json;
using AutoMapper;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.JsonPatch;

namespace Fabrikam.Crm
{
    public static class ContactEndpoints
    {
        private static readonly string[] Open = { "Name", "City" };

        public static void Map(WebApplication app, IMapper mapper)
        {
            app.MapPost("/contacts", (Contact contact, IRepository repository) => // flaw: mass-assignment
            {
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPost("/contacts/form", (ContactForm form, IRepository repository) => // fine: mass-assignment
            {
                repository.Save(new Contact { Name = form.Name, City = form.City });
                return Results.NoContent();
            });

            app.MapPatch("/contacts/me", (JsonPatchDocument<Contact> patch, ClaimsPrincipal user, IRepository repository) =>
            {
                var contact = repository.Own(user);
                patch.ApplyTo(contact); // flaw: mass-assignment
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPatch("/contacts/me/form", (JsonPatchDocument<ContactForm> patch, ClaimsPrincipal user, IRepository repository) =>
            {
                var contact = repository.Own(user);
                var form = new ContactForm { Name = contact.Name, City = contact.City };
                patch.ApplyTo(form); // fine: mass-assignment
                contact.Name = form.Name;
                contact.City = form.City;
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPut("/contacts/me", (HttpContext http, IRepository repository) =>
            {
                var contact = repository.Own(http.User);
                foreach (var field in http.Request.Form)
                {
                    var property = typeof(Contact).GetProperty(field.Key, BindingFlags.Public | BindingFlags.Instance);
                    if (property == null)
                    {
                        continue;
                    }
                    property.SetValue(contact, Convert.ChangeType(field.Value.ToString(), property.PropertyType)); // flaw: mass-assignment
                }
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPut("/contacts/me/listed", (HttpContext http, IRepository repository) =>
            {
                var contact = repository.Own(http.User);
                foreach (var name in Open.Where(n => http.Request.Form.ContainsKey(n)))
                {
                    typeof(Contact).GetProperty(name).SetValue(contact, http.Request.Form[name].ToString()); // fine: mass-assignment
                }
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPut("/contacts/me/adapt", (ContactForm form, ClaimsPrincipal user, IRepository repository) =>
            {
                var contact = repository.Own(user);
                form.Adapt(contact); // fine: mass-assignment
                repository.Save(contact);
                return Results.NoContent();
            });

            app.MapPut("/contacts/me/merge", (JsonElement body, ClaimsPrincipal user, IRepository repository) =>
            {
                Merge(mapper, body.Deserialize<Contact>(), repository.Own(user), repository);
                return Results.NoContent();
            });
        }

        private static void Merge(IMapper mapper, Contact sent, Contact stored, IRepository repository)
        {
            sent.Id = stored.Id;
            mapper.Map(sent, stored); // flaw: mass-assignment
            repository.Save(stored);
        }
    }

    public class ContactForm
    {
        public string Name { get; set; }
        public string City { get; set; }
    }

    public class Contact
    {
        public int Id { get; set; }
        public string Name { get; set; }
        public string City { get; set; }
        public bool IsPartner { get; set; }
        public decimal Rebate { get; set; }
    }

    public interface IRepository
    {
        Contact Own(ClaimsPrincipal user);

        void Save(Contact contact);
    }
}
