"""What Stripe still needs, and states of a Stripe account, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.finances import STRIPE_COUNTRIES
from beatpass_desktop.models import formatting

_ABOUT_PEOPLE = ("individual", "representative", "person")
_ABOUT_OWNERS = ("owners", "directors", "executives")


def _tr(text: str) -> str:
    return QCoreApplication.translate("finances", text)


def country_text(code: str) -> str:
    """The name of a country where Stripe accounts can be had; another one's code."""
    return dict(STRIPE_COUNTRIES).get(code.upper()) or formatting.one_line(code)


def due_texts(codes: Iterable[str]) -> list[str]:
    """What is due, each once: several of Stripe's codes can ask for the same thing."""
    return list(dict.fromkeys(map(due_text, codes)))


def due_text(code: str) -> str:
    """One of Stripe's requirement codes; one that is not known as it was sent.

    They are paths: `individual.dob.day` is part of the date of birth of the account's owner.
    """
    whole = {
        "external_account": _tr("A bank account for your payouts"),
        "bank_account": _tr("A bank account for your payouts"),
        "business_type": _tr("Whether you are an individual or a company"),
        "settings.payments.statement_descriptor": _tr("The name on your buyers' statements"),
        "relationship.representative": _tr("Who represents the company"),
    }
    if code in whole:
        return whole[code]
    subject, _, rest = code.partition(".")
    parts = rest.split(".") if rest else []
    if subject == "tos_acceptance":
        return _tr("Your agreement to Stripe's terms")
    found = ""
    if subject == "business_profile":
        found = _business(parts)
    elif subject == "company":
        found = _company(parts)
    elif subject in _ABOUT_PEOPLE or subject.startswith("person_"):
        found = _person(parts)
    elif subject in _ABOUT_OWNERS or subject.removesuffix("_provided") in _ABOUT_OWNERS:
        found = _tr("Who owns and directs the company")
    return found or formatting.one_line(code)


def _person(parts: list[str]) -> str:
    first, second = (*parts, "", "")[:2]
    if first == "verification":
        if second == "additional_document":
            return _tr("A second document that shows your name or address")
        return _tr("A photo of your passport or identity card")
    return {
        "first_name": _tr("Your legal name"),
        "last_name": _tr("Your legal name"),
        "dob": _tr("Your date of birth"),
        "address": _tr("Your home address"),
        "email": _tr("Your e-mail address"),
        "phone": _tr("Your telephone number"),
        "id_number": _tr("Your national identity or tax number"),
        "ssn_last_4": _tr("The last four digits of your social security number"),
        "nationality": _tr("Your nationality"),
        "political_exposure": _tr("Whether you hold a political office"),
        "relationship": _tr("Your part in the company"),
    }.get(first, "")


def _company(parts: list[str]) -> str:
    first = (*parts, "")[0]
    return {
        "name": _tr("The company's legal name"),
        "tax_id": _tr("The company's tax number"),
        "phone": _tr("The company's telephone number"),
        "address": _tr("The company's address"),
        "verification": _tr("A document about the company"),
        "owners_provided": _tr("Who owns and directs the company"),
        "directors_provided": _tr("Who owns and directs the company"),
        "executives_provided": _tr("Who owns and directs the company"),
    }.get(first, "")


def _business(parts: list[str]) -> str:
    first = (*parts, "")[0]
    return {
        "url": _tr("Your web page, or what you sell"),
        "product_description": _tr("Your web page, or what you sell"),
        "mcc": _tr("Your line of business"),
        "support_phone": _tr("How your buyers can reach you"),
        "support_email": _tr("How your buyers can reach you"),
        "name": _tr("The name of your business"),
    }.get(first, "")
