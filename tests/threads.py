"""Two clerks at once: real threads and real transactions (mark such tests django_db(transaction=True))."""

from threading import Barrier, Thread

from django.db import connection, connections


def at_once(*acts):
    """Do these at the same moment, each in a thread with a connection of its own; what each answered or raised."""
    gate, answers = Barrier(len(acts)), [None] * len(acts)

    def go(place, act):
        try:
            connection.ensure_connection()
            gate.wait(30)
            answers[place] = act()
        except Exception as wrong:
            answers[place] = wrong
        finally:
            connections.close_all()

    threads = [Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits for a lock"
    return answers


def refusals(answers):
    """The names of what was refused, sorted; a fault of ours is raised."""
    return sorted(type(answer).__name__ for answer in answers if isinstance(answer, Exception))
