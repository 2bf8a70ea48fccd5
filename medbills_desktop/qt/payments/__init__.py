"""Payments, refunds and reimbursements: their form, their columns, and what they come to."""

from __future__ import annotations
