provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = {
      "team" = "web"
    }
  }
  ignore_tags {
    keys         = ["owner"]
    key_prefixes = ["cost/"]
  }
}

import {
  to = aws_api_gateway_usage_plan.plan_
  id = "pl0003"
}

resource "aws_api_gateway_usage_plan" "plan_" {
  name = ""
}

import {
  to = aws_api_gateway_usage_plan.burst
  id = "pl0002"
}

resource "aws_api_gateway_usage_plan" "burst" {
  name = "burst"
  quota_settings {
    limit = 9
    period = "MONTH"
  }
  throttle_settings {
    burst_limit = 5
  }
}

import {
  to = aws_api_gateway_usage_plan.gold_____plan_
  id = "pl0001"
}

resource "aws_api_gateway_usage_plan" "gold_____plan_" {
  name = "gold ü \u0024{plan}"
  description = "The \"best\"\nplan"
  product_code = "product"
  api_stages {
    api_id = "a1b2c3d4e5"
    stage = "prod"
    throttle {
      path = "/pets/GET"
      burst_limit = 3
      rate_limit = 2.5
    }
    throttle {
      path = "/orders/{id}/POST"
      burst_limit = 7
    }
  }
  api_stages {
    api_id = "a1b2c3d4e5"
    stage = "test"
  }
  quota_settings {
    limit = 1000
    offset = 2
    period = "WEEK"
  }
  throttle_settings {
    burst_limit = 20
    rate_limit = 0.1
  }
  tags = {
    "tier" = "gold"
  }
}

import {
  to = aws_api_gateway_api_key.key_
  id = "key0000002"
}

resource "aws_api_gateway_api_key" "key_" {
  name = ""
  description = ""
}

import {
  to = aws_api_gateway_api_key.orders_____x___y
  id = "key0000001"
}

resource "aws_api_gateway_api_key" "orders_____x___y" {
  name = "orders ü \u0024{x} $y"
  description = "Line one\r\nline \"two\"\t\\"
  enabled = false
  customer_id = "customer"
  tags = {
    "env" = "a,b"
    "note" = "\u0024{z}"
  }
}

import {
  to = aws_api_gateway_usage_plan_key.orders_____x___y_gold_____plan_
  id = "pl0001/key0000001"
}

resource "aws_api_gateway_usage_plan_key" "orders_____x___y_gold_____plan_" {
  key_id = aws_api_gateway_api_key.orders_____x___y.id
  key_type = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.gold_____plan_.id
}

import {
  to = aws_api_gateway_usage_plan_key.orders_____x___y_burst
  id = "pl0002/key0000001"
}

resource "aws_api_gateway_usage_plan_key" "orders_____x___y_burst" {
  key_id = aws_api_gateway_api_key.orders_____x___y.id
  key_type = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.burst.id
}

import {
  to = aws_api_gateway_usage_plan_key.orders_____x___y_plan_
  id = "pl0003/key0000001"
}

resource "aws_api_gateway_usage_plan_key" "orders_____x___y_plan_" {
  key_id = aws_api_gateway_api_key.orders_____x___y.id
  key_type = "API_KEY"
  usage_plan_id = aws_api_gateway_usage_plan.plan_.id
}

