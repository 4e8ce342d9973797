using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Elasticsearch.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Cosmos;
using Raven.Client.Documents;

namespace Fabrikam.Profiles
{
    public static class ProfileEndpoints
    {
        private const string Select = "SELECT VALUE COUNT(1) FROM c";
        private static readonly HashSet<string> Sorts = new() { "age", "joined" };

        public static void Map(WebApplication app, Container cosmos, IAmazonDynamoDB dynamo, IElasticLowLevelClient elastic)
        {
            app.MapGet("/nick", async (string nick) =>
            {
                var query = cosmos.GetItemQueryIterator<int>(Select + " WHERE c.nick = '" + nick + "'"); // flaw: nosql-injection
                return Results.Ok(await query.ReadNextAsync());
            });

            app.MapGet("/mail", async (string mail) =>
            {
                var definition = new QueryDefinition(Select + " WHERE c.mail = @mail").WithParameter("@mail", mail);
                var query = cosmos.GetItemQueryIterator<int>(definition); // fine: nosql-injection
                return Results.Ok(await query.ReadNextAsync());
            });

            app.MapGet("/sorted", async (string sort) =>
            {
                var field = sort != null && Sorts.Contains(sort) ? sort : "joined";
                var definition = new QueryDefinition($"SELECT c.id FROM c ORDER BY c.{field}"); // fine: nosql-injection
                return Results.Ok(await cosmos.GetItemQueryIterator<object>(definition).ReadNextAsync());
            });

            app.MapGet("/team", async (string team, string city) =>
            {
                var statement = "SELECT * FROM Profiles WHERE team = '" + team + "'";
                if (!string.IsNullOrEmpty(city))
                {
                    statement += " AND city = '" + city + "'";
                }
                var request = new ExecuteStatementRequest { Statement = statement };
                var response = await dynamo.ExecuteStatementAsync(request); // flaw: nosql-injection
                return Results.Ok(response.Items.Count);
            });

            app.MapGet("/club", async (string club) =>
            {
                var request = new ExecuteStatementRequest
                {
                    Statement = "SELECT * FROM Profiles WHERE club = ?",
                    Parameters = new List<AttributeValue> { new() { S = club } },
                };
                var response = await dynamo.ExecuteStatementAsync(request); // fine: nosql-injection
                return Results.Ok(response.Items.Count);
            });

            app.MapPost("/text", async (HttpContext http) =>
            {
                using var reader = new StreamReader(http.Request.Body);
                var term = await reader.ReadToEndAsync();
                var json = "{\"query\":{\"bool\":{\"must\":[{\"term\":{\"public\":true}},{\"match\":{\"bio\":\"" + term + "\"}}]}}}";
                var response = await elastic.SearchAsync<StringResponse>("profiles", PostData.String(json)); // flaw: nosql-injection
                return Results.Ok(response.Success);
            });

            app.MapPost("/phrase", async (HttpContext http) =>
            {
                var phrase = http.Request.Form["phrase"].ToString();
                var body = PostData.Serializable(new { query = new { match_phrase = new { bio = phrase } } });
                var response = await elastic.SearchAsync<StringResponse>("profiles", body); // fine: nosql-injection
                return Results.Ok(response.Success);
            });

            app.MapGet("/branch", (string branch, IDocumentStore store) => Results.Ok(Find(store, $"Branch = '{branch}'")));
        }

        private static int Find(IDocumentStore store, string condition)
        {
            using var session = store.OpenSession();
            var rql = "from Profiles where " + condition;
            return session.Advanced.RawQuery<object>(rql).Count(); // flaw: nosql-injection
        }
    }
}
