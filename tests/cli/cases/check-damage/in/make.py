"""make.py: prints 200 articles of 120 words; make.py FILE AT: turns 64 bytes of a file into others."""
import json
import random
import sys

if len(sys.argv) == 3:
    with open(sys.argv[1], "r+b") as f:
        f.seek(int(sys.argv[2]))
        old = f.read(64)
        f.seek(int(sys.argv[2]))
        f.write(bytes(b ^ 0x5A for b in old))
    sys.exit()
draw = random.Random(9)
parts = "ba co di fu ga he ki lo mu na pe qua ro su te vi wa xe yo zu tra ble sto ning".split()
words = ["".join(draw.choice(parts) for _ in range(draw.randint(1, 4))) for _ in range(20000)]
for i in range(200):
    text = " ".join(draw.choice(words) for _ in range(120))
    print(json.dumps({"url": f"https://v.example/{i}", "title": f"Story {i}", "text": text + "."}))
