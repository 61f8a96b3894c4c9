"""Tries to connect to each of the places on standard input, `ADDRESS PORT` a line, all at once, and says what came of it.

`open`: somebody listens. `refused`: nobody does, and the place itself says so. `silent`: no answer, as a firewall has it.
"""

import selectors
import socket
import sys
import time

PATIENCE = 4.0  # seconds: a packet that was lost is sent again after one and after three

waiting = selectors.DefaultSelector()


def say(place: str, outcome: str) -> None:
    print(place, outcome, flush=True)


for place in sys.stdin.read().splitlines():
    address, port = place.split()
    connection = socket.socket()
    connection.setblocking(False)
    connection.connect_ex((address, int(port)))
    waiting.register(connection, selectors.EVENT_WRITE, place)

deadline = time.monotonic() + PATIENCE
while waiting.get_map() and (left := deadline - time.monotonic()) > 0:
    for key, _ in waiting.select(left):
        error = key.fileobj.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        say(key.data, "open" if error == 0 else "refused" if error == 111 else "silent")
        waiting.unregister(key.fileobj)
        key.fileobj.close()
for key in list(waiting.get_map().values()):
    say(key.data, "silent")
