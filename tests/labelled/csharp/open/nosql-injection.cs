using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Mvc;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace Contoso.Members.Controllers
{
    [ApiController]
    [Route("members")]
    public class MembersController : ControllerBase
    {
        private static readonly string[] GroupFields = { "country", "plan" };
        private readonly IMongoCollection<BsonDocument> _members;

        public MembersController(IMongoDatabase database)
        {
            _members = database.GetCollection<BsonDocument>("members");
        }

        [HttpGet("email")]
        public async Task<IActionResult> ByEmail(string email)
        {
            var found = await _members.Find("{ email: '" + email + "' }").AnyAsync(); // flaw: nosql-injection
            return Ok(found);
        }

        [HttpGet("phone")]
        public async Task<IActionResult> ByPhone(string phone)
        {
            var filter = Builders<BsonDocument>.Filter.Eq("phone", phone);
            return Ok(await _members.Find(filter).AnyAsync()); // fine: nosql-injection
        }

        [HttpGet("older")]
        public async Task<IActionResult> Older(string age, string plan)
        {
            var js = new StringBuilder("this.age > ").Append(age);
            if (plan != null)
            {
                js.Append(" && this.plan == '").Append(plan).Append('\'');
            }
            var filter = new BsonDocument("$where", js.ToString()); // flaw: nosql-injection
            return Ok(await _members.CountDocumentsAsync(filter));
        }

        [HttpGet("younger")]
        public async Task<IActionResult> Younger(int age)
        {
            var filter = new BsonDocument("$where", $"this.age < {age}"); // fine: nosql-injection
            return Ok(await _members.CountDocumentsAsync(filter));
        }

        [HttpPost("signin")]
        public async Task<IActionResult> SignIn([FromBody] JsonElement body)
        {
            var filter = BsonDocument.Parse(body.GetRawText()); // flaw: nosql-injection
            return Ok(await _members.Find(filter).AnyAsync());
        }

        [HttpPost("confirm")]
        public async Task<IActionResult> Confirm([FromBody] Credentials body)
        {
            var filter = new BsonDocument { { "login", body.Login }, { "code", body.Code } };
            return Ok(await _members.Find(filter).AnyAsync()); // fine: nosql-injection
        }

        [HttpGet("group")]
        public async Task<IActionResult> Group(string field)
        {
            if (!GroupFields.Contains(field))
            {
                return BadRequest();
            }
            var stage = BsonDocument.Parse("{ $group: { _id: '$" + field + "', n: { $sum: 1 } } }"); // fine: nosql-injection
            return Ok((await _members.Aggregate().AppendStage<BsonDocument>(stage).ToListAsync()).Count);
        }

        [HttpGet("team")]
        public async Task<IActionResult> Team(string team, bool active = true)
        {
            return Ok(await Count(string.Format("{{ team: \"{0}\", active: {1} }}", team, active ? "true" : "false")));
        }

        private async Task<long> Count(string json)
        {
            FilterDefinition<BsonDocument> filter = new JsonFilterDefinition<BsonDocument>(json); // flaw: nosql-injection
            return await _members.CountDocumentsAsync(filter);
        }

        public record Credentials(string Login, string Code);
    }
}
