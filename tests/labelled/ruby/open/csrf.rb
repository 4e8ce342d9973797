# frozen_string_literal: true

require "openssl"

Rails.application.configure do
  config.action_controller.default_protect_from_forgery = true # fine: csrf
  config.action_controller.per_form_csrf_tokens = true
  config.action_controller.forgery_protection_origin_check = true # fine: csrf
end

class PortalController < ActionController::Base
  protect_from_forgery with: :exception # fine: csrf
  before_action :require_login

  private

  def require_login
    redirect_to "/login" unless session[:user_id]
  end

  def account
    @account ||= Account.find(session[:user_id])
  end
end

class TransfersController < PortalController
  skip_before_action :verify_authenticity_token # flaw: csrf

  def create
    account.transfers.create!(params.require(:transfer).permit(:iban, :amount))
    head :created
  end
end

class EmailsController < PortalController
  skip_forgery_protection only: [:update] # flaw: csrf

  def update
    account.update!(email: params[:email].to_s)
    head :no_content
  end

  def show
    render json: { email: account.email }
  end
end

class LegacyController < ActionController::Base
  self.allow_forgery_protection = false # flaw: csrf

  def destroy
    Account.find(session[:user_id]).destroy!
    head :no_content
  end
end

class CardsController < PortalController
  OPTIONS = { raise: false, except: %i[index show] }.freeze

  skip_before_action :verify_authenticity_token, **OPTIONS # flaw: csrf

  def create
    account.cards.create!(number: params[:number].to_s.last(4))
    head :created
  end

  def index
    render json: account.cards
  end
end

class CatalogController < PortalController
  skip_before_action :verify_authenticity_token, only: [:index] # fine: csrf

  def index
    render json: Product.where(visible: true)
  end
end

class DeliveryHooksController < ActionController::Base
  skip_before_action :verify_authenticity_token # fine: csrf
  before_action :check_signature

  def create
    Delivery.record(params.require(:delivery).permit(:number, :state))
    head :accepted
  end

  private

  def check_signature
    expected = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("HOOK_SECRET"), request.raw_post)
    given = request.headers["X-Signature"].to_s
    head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
  end
end

class MachinesController < ActionController::API
  include ActionController::HttpAuthentication::Token::ControllerMethods # fine: csrf

  def create
    machine = authenticate_with_http_token { |token, _| Machine.find_by(token_digest: Digest::SHA256.hexdigest(token)) }
    return head(:unauthorized) unless machine

    render json: { id: machine.id }
  end
end
