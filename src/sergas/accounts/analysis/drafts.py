"""Drafts of letters: only what the records say, and [brackets] where a person must decide."""

from sergas.accounts.analysis.case import Case
from sergas.accounts.analysis.result import Flag
from sergas.accounts.crm.records import Contact


def letter(case: Case, to: Contact | None, *paragraphs: str) -> str:
    """Write a letter of the account's owner."""
    greeting = f"Hello {to.name}," if to else "Hello [name],"
    return "\n\n".join([greeting, *paragraphs, f"Best regards\n{case.snapshot.account.owner}"])


def correspondent(case: Case) -> Contact | None:
    """Return whom to write to: who was in touch last, else who decides, else anybody there."""
    for touch in case.touches:
        for person in case.present_contacts:
            if person.name in touch.people:
                return person
    return next(iter([*case.deciders, *case.present_contacts]), None)


def speaker(case: Case, flag: Flag) -> Contact | None:
    """Return whose words a flag quotes: who took part in the quoted activity."""
    quoted = [act for act in case.snapshot.activities if act.id in flag.evidence]
    names = [name for act in quoted for name in act.people]
    people = {person.name: person for person in case.present_contacts}
    return next((people[name] for name in names if name in people), None)


def decider(case: Case) -> Contact | None:
    """Return who decides, the one in touch last if there are several."""
    order = {name: place for place, name in enumerate(_names(case))}
    return min(case.deciders, key=lambda who: order.get(who.name, len(order)), default=None)


def successor(case: Case) -> Contact | None:
    """Return who most likely takes the lost champion's place.

    That is who came last, around the time when the champion left; else who was in touch last.
    """
    champion = case.lost_champion
    if champion is None or champion.left_on is None:
        return None
    left_on = champion.left_on
    new = [who for who in case.present_contacts if (left_on - who.created_on).days <= 30]
    return max(new, key=lambda who: who.created_on, default=None) or correspondent(case)


def _names(case: Case) -> list[str]:
    return list(dict.fromkeys(name for touch in case.touches for name in touch.people))
