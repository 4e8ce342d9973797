# frozen_string_literal: true

class Product < ApplicationRecord
  SORTABLE = { "name" => "products.name", "price" => "products.price_cents" }.freeze

  scope :cheaper_than, ->(limit) { where("price_cents < ?", limit) } # fine: sql-injection

  def self.in_city(city)
    where("warehouses.city = '" + city + "'").joins(:warehouse) # flaw: sql-injection
  end

  def self.sorted(column, direction)
    order(Arel.sql("#{SORTABLE.fetch(column, 'products.name')} #{direction == 'desc' ? 'DESC' : 'ASC'}")) # fine: sql-injection
  end
end

class ProductFilter
  def initialize(relation)
    @relation = relation
    @clauses = []
    @values = {}
  end

  def add(column, value)
    @clauses << "#{column} LIKE '%#{value}%'"
    self
  end

  def add_name(value)
    @values[:name] = "%#{value}%"
    self
  end

  def result
    @relation.where(@clauses.join(" AND ")) # flaw: sql-injection
  end

  def named
    @relation.where("name LIKE :name", @values) # fine: sql-injection
  end
end

class ProductsController < ApplicationController
  AUDITED = %w[orders refunds shipments].freeze

  def show
    product = Product.find_by("sku = '#{params[:sku]}'") # flaw: sql-injection
    render json: product
  end

  def stock
    product = Product.find_by(sku: params[:sku].to_s) # fine: sql-injection
    render json: { units: product&.units.to_i }
  end

  def index
    scope = Product.all
    scope = scope.where("price_cents < ?", params[:max].to_i) if params[:max]
    ordering = params[:order].presence || "name"
    ordering += " DESC" if params[:desc]
    render json: scope.order(Arel.sql(ordering)) # flaw: sql-injection
  end

  def catalog
    render json: Product.sorted(params[:order], params[:dir])
  end

  def search
    filter = ProductFilter.new(Product.all)
    params.permit(:name, :label).each { |key, value| filter.add(key, value) }
    render json: filter.result
  end

  def named
    render json: ProductFilter.new(Product.all).add_name(params[:name]).named
  end

  def nearby
    render json: Product.in_city(params.fetch(:city, "Oslo"))
  end

  def totals
    rows = AUDITED.map do |table|
      Product.connection.select_value("SELECT count(*) FROM #{table}") # fine: sql-injection
    end
    render json: AUDITED.zip(rows).to_h
  end

  def remove
    ids = Array(params[:ids]).map { |id| Integer(id) }
    Product.connection.execute("DELETE FROM products WHERE id IN (#{ids.join(',')})") # fine: sql-injection
    head :no_content
  end

  def import
    statement = format("DELETE FROM staging WHERE supplier = '%s'", params[:supplier])
    Product.connection.execute(statement) # flaw: sql-injection
    head :no_content
  end
end
