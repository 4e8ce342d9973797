# frozen_string_literal: true

require "mysql2"
require "pg"
require "roda"
require "sequel"
require "sqlite3"

DB = Sequel.connect(ENV.fetch("BOOKING_DSN"))

class BookingQuery
  BASE = "SELECT id, room_id FROM bookings"

  def initialize
    @conditions = []
    @values = []
  end

  def matching(name, value)
    @conditions << "#{name} = '#{value}'"
    self
  end

  def owner(value)
    @conditions << "owner = ?"
    @values << value
    self
  end

  def rows
    DB.fetch(sql).all # flaw: sql-injection
  end

  def bound_rows
    DB.fetch(sql, *@values).all # fine: sql-injection
  end

  private

  def sql
    @conditions.empty? ? BASE : "#{BASE} WHERE #{@conditions.join(' AND ')}"
  end
end

class Archive
  YEARS = (2015..2025)

  def initialize
    @link = PG.connect(ENV.fetch("ARCHIVE_DSN"))
  end

  def notes(word)
    @link.exec("SELECT id FROM notes WHERE body LIKE '%" + word + "%'").to_a # flaw: sql-injection
  end

  def by_owner(year, owner)
    raise ArgumentError, "year" unless YEARS.cover?(Integer(year))

    @link.exec_params("SELECT id FROM bookings_#{Integer(year)} WHERE owner = $1", [owner]).to_a # fine: sql-injection
  end

  def quoted(word)
    @link.exec("SELECT id FROM notes WHERE title = #{@link.escape_literal(word)}").to_a # fine: sql-injection
  end
end

class BookingApp < Roda
  plugin :json
  plugin :all_verbs
  COLUMNS = { "name" => :name, "floor" => :floor }.freeze

  route do |r|
    r.get "bookings" do
      query = BookingQuery.new.matching("owner", r.params["owner"])
      query.matching("room_id", r.params["room"]) if r.params["room"]
      query.rows
    end

    r.get "own" do
      BookingQuery.new.owner(r.params["owner"].to_s).bound_rows
    end

    r.get "rooms" do
      DB[:rooms].where(Sequel.lit("name ILIKE '%#{r.params['name']}%'")).map(:id) # flaw: sql-injection
    end

    r.get "rooms", "named" do
      DB[:rooms].where(Sequel.ilike(:name, "%#{r.params['name']}%")).map(:id) # fine: sql-injection
    end

    r.get "rooms", "sorted" do
      DB[:rooms].order(COLUMNS.fetch(r.params["by"], :name)).map(:id) # fine: sql-injection
    end

    r.get "usage" do
      bucket = r.params["bucket"] || "day"
      pieces = ["SELECT date_trunc('", bucket, "', starts) AS slot, count(*) FROM bookings GROUP BY 1"]
      DB[pieces.join].all # flaw: sql-injection
    end

    r.get "notes", String do |word|
      Archive.new.notes(word)
    end

    r.get "local", Integer do |id|
      SQLite3::Database.new("/var/lib/booking/local.db").execute("SELECT name FROM rooms WHERE id = #{id}") # fine: sql-injection
    end

    r.post "move" do
      target = r.params["table"] || "bookings_old"
      client = Mysql2::Client.new(host: "db.internal", username: "mover", password: ENV.fetch("MOVER_PASSWORD"))
      client.query("INSERT INTO #{target} SELECT * FROM bookings") # flaw: sql-injection
      { moved: true }
    end

    r.post "note" do
      client = Mysql2::Client.new(host: "db.internal", username: "notes", password: ENV.fetch("NOTES_PASSWORD"))
      client.query("INSERT INTO notes (body) VALUES ('#{client.escape(r.params['body'].to_s)}')") # fine: sql-injection
      { stored: true }
    end
  end
end
