"""Writes every packet on every interface of its network namespace to a pcap file, until it is told to end (SIGTERM).

Says `ready` once nothing is missed any more, and at the end how many packets were lost because the kernel held no more of them.
"""

import signal
import socket
import struct
import sys
import time

EVERYTHING = 3  # ETH_P_ALL of linux/if_ether.h
SOL_PACKET, PACKET_STATISTICS = 263, 6  # of linux/if_packet.h
SO_RCVBUFFORCE = 33  # of asm-generic/socket.h: a buffer beyond what the system allows others
HELD = 64 * 1024 * 1024  # bytes
LONGEST = 256 * 1024  # bytes: a virtual link carries segments of 64 KiB uncut
ETHERNET = 1  # the link type in pcap's list

ended = False


def end(*_: object) -> None:
    global ended
    ended = True


signal.signal(signal.SIGTERM, end)
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))
wire.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, HELD)
wire.settimeout(0.1)
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, LONGEST, ETHERNET))
    print("ready", flush=True)
    while True:
        if ended:
            # What has come until now is still read.
            wire.setblocking(False)
        try:
            packet = wire.recv(LONGEST)
        except TimeoutError:
            continue
        except BlockingIOError:
            break
        seconds, microseconds = divmod(time.time_ns() // 1000, 1_000_000)
        file.write(struct.pack("<IIII", seconds, microseconds, len(packet), len(packet)) + packet)
_, lost = struct.unpack("II", wire.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
print(lost, flush=True)
