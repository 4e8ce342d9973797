using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Contoso.Shop.Controllers
{
    [ApiController]
    [Route("products")]
    public class ProductsController : ControllerBase
    {
        private const string Select = "SELECT Id, Name, Price FROM Products";
        private static readonly Dictionary<string, string> Sorts = new() { ["price"] = "Price", ["name"] = "Name" };

        private readonly SqlConnection _connection;
        private readonly ShopContext _db;

        public ProductsController(SqlConnection connection, ShopContext db)
        {
            _connection = connection;
            _db = db;
        }

        [HttpGet("by-name")]
        public IActionResult ByName(string name)
        {
            using var cmd = new SqlCommand("SELECT Id FROM Products WHERE Name = '" + name + "'", _connection); // flaw: sql-injection
            return Ok(cmd.ExecuteScalar());
        }

        [HttpGet("by-code")]
        public IActionResult ByCode(string code)
        {
            using var cmd = new SqlCommand(Select + " WHERE Code = @code", _connection); // fine: sql-injection
            cmd.Parameters.Add("@code", SqlDbType.NVarChar, 40).Value = code;
            return Ok(cmd.ExecuteScalar());
        }

        [HttpGet("sorted")]
        public IActionResult Sorted(string by, string dir)
        {
            var column = Sorts.TryGetValue(by ?? "", out var found) ? found : "Id";
            var order = dir == "desc" ? "DESC" : "ASC";
            return Ok(_connection.Query<Product>($"{Select} ORDER BY {column} {order}")); // fine: sql-injection
        }

        [HttpGet("filter")]
        public IActionResult Filter(string category, string brand, int? max)
        {
            var sql = new StringBuilder(Select).Append(" WHERE 1 = 1");
            if (max.HasValue)
            {
                sql.Append(" AND Price <= ").Append(max.Value);
            }
            if (!string.IsNullOrEmpty(category))
            {
                sql.Append(" AND Category = @category");
            }
            if (!string.IsNullOrEmpty(brand))
            {
                sql.AppendFormat(" AND Brand LIKE '{0}%'", brand);
            }
            return Ok(_connection.Query<Product>(sql.ToString(), new { category })); // flaw: sql-injection
        }

        [HttpGet("raw")]
        public IActionResult Raw(string tag)
        {
            var query = $"SELECT * FROM Products WHERE Tag = '{tag}'";
            return Ok(_db.Products.FromSqlRaw(query).ToList()); // flaw: sql-injection
        }

        [HttpGet("interpolated")]
        public IActionResult Interpolated(string tag)
        {
            return Ok(_db.Products.FromSqlInterpolated($"SELECT * FROM Products WHERE Tag = {tag}").ToList()); // fine: sql-injection
        }

        [HttpGet("many")]
        public IActionResult Many([FromQuery] string[] ids)
        {
            var numbers = ids.Select(int.Parse);
            var sql = Select + " WHERE Id IN (" + string.Join(",", numbers) + ")";
            return Ok(_connection.Query<Product>(sql)); // fine: sql-injection
        }

        [HttpDelete("stock")]
        public IActionResult Clear(string warehouse)
        {
            return Ok(Execute("DELETE FROM Stock WHERE Warehouse = '" + warehouse.Trim() + "'"));
        }

        private int Execute(string statement)
        {
            using var cmd = _connection.CreateCommand();
            cmd.CommandText = statement; // flaw: sql-injection
            return cmd.ExecuteNonQuery();
        }
    }

    public class Product
    {
        public int Id { get; set; }
        public string Name { get; set; }
        public decimal Price { get; set; }
    }

    public class ShopContext : DbContext
    {
        public DbSet<Product> Products { get; set; }
    }
}
