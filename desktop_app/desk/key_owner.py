"""Whose a key is that was made elsewhere, and in which role it signs, where nobody said it."""

from typing import TYPE_CHECKING

from desktop_app.desk import keys
from desktop_app.desk.desk import Desk
from desktop_app.desk.month import people
from desktop_app.model.report import ROLE_LABELS, Role

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


def owner(desk: Desk, certificate: "Certificate", name: str | None, role: Role | None) -> tuple[str, Role]:
    """Name and role as given; else whom the certificate names, and what it, the book and the other keys say of them."""
    from desktop_app.signing.certificates import common_name

    known = name or common_name(certificate)
    return known.strip(), role or _likely(desk, certificate, known)


def _likely(desk: Desk, certificate: "Certificate", name: str) -> Role:
    """By the certificate's department, by the people in the book, else the first role that has no key yet."""
    from desktop_app.signing.certificates import department

    written = department(certificate)
    by_word = next((role for role, word in ROLE_LABELS.items() if word == written), None)
    if by_word is not None:
        return by_word
    at_foot = people(desk)
    by_name = next((role for role in Role if getattr(at_foot, role.value) == name), None)
    if by_name is not None:
        return by_name
    prepared = any(key.role is Role.PREPARER and key.usable for key in keys.list_keys(desk))
    return Role.APPROVER if prepared else Role.PREPARER
