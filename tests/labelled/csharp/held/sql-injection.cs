using System;
using System.Collections.Generic;
using System.Data;
using System.Data.OleDb;
using System.Data.SqlClient;
using System.Linq;
using System.Web.Http;
using MySql.Data.MySqlClient;
using NHibernate;
using Npgsql;

namespace Fabrikam.Billing
{
    public enum Period
    {
        Day,
        Month,
    }

    public class InvoicesController : ApiController
    {
        private const string Table = "invoices";
        private readonly NpgsqlConnection _postgres;
        private readonly MySqlConnection _mysql;
        private readonly ISession _session;

        public InvoicesController(NpgsqlConnection postgres, MySqlConnection mysql, ISession session)
        {
            _postgres = postgres;
            _mysql = mysql;
            _session = session;
        }

        [HttpGet]
        public int Count(string payer)
        {
            var command = new NpgsqlCommand($"SELECT count(*) FROM {Table} WHERE payer = '{payer}'", _postgres); // flaw: sql-injection
            return Convert.ToInt32(command.ExecuteScalar());
        }

        [HttpGet]
        public int CountByNumber(string number)
        {
            var command = new NpgsqlCommand($"SELECT count(*) FROM {Table} WHERE number = @n", _postgres); // fine: sql-injection
            command.Parameters.AddWithValue("n", number);
            return Convert.ToInt32(command.ExecuteScalar());
        }

        [HttpGet]
        public int Totals(Period period)
        {
            var unit = period.ToString().ToLowerInvariant();
            var command = new NpgsqlCommand("SELECT count(DISTINCT date_trunc('" + unit + "', due)) FROM invoices", _postgres); // fine: sql-injection
            return Convert.ToInt32(command.ExecuteScalar());
        }

        [HttpGet]
        public int Search(string title, string owner)
        {
            var conditions = new List<string> { "archived = 0" };
            if (!string.IsNullOrEmpty(title))
            {
                conditions.Add("title LIKE '%" + title + "%'");
            }
            if (!string.IsNullOrEmpty(owner))
            {
                conditions.Add("owner = @owner");
            }
            var sql = "SELECT * FROM " + Table + " WHERE " + string.Join(" AND ", conditions);
            var adapter = new MySqlDataAdapter(sql, _mysql); // flaw: sql-injection
            adapter.SelectCommand.Parameters.AddWithValue("@owner", owner);
            var table = new DataTable();
            return adapter.Fill(table);
        }

        [HttpGet]
        public int ForAuthor(string author)
        {
            return _session.CreateQuery("from Note n where n.Author = '" + author + "'").List().Count; // flaw: sql-injection
        }

        [HttpGet]
        public int ForEditor(string editor)
        {
            return _session.CreateQuery("from Note n where n.Editor = :editor") // fine: sql-injection
                .SetParameter("editor", editor)
                .List().Count;
        }

        [HttpGet]
        public int Newest(string amount)
        {
            var limit = Math.Min(int.Parse(amount), 50);
            return _session.CreateSQLQuery("SELECT id FROM invoices ORDER BY id DESC LIMIT " + limit).List().Count; // fine: sql-injection
        }

        [HttpDelete]
        public int Purge(string customer)
        {
            var query = new Statement("DELETE FROM drafts");
            query.Where("customer", customer);
            return Execute(query);
        }

        private int Execute(Statement statement)
        {
            using (var command = _mysql.CreateCommand())
            {
                command.CommandText = statement.Text; // flaw: sql-injection
                return command.ExecuteNonQuery();
            }
        }

        private sealed class Statement
        {
            public Statement(string text)
            {
                Text = text;
            }

            public string Text { get; private set; }

            public void Where(string column, string value)
            {
                Text += string.Format(" WHERE {0} = '{1}'", column, value);
            }
        }
    }
}
