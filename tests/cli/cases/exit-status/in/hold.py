"""hold.py COMMAND...: runs a command while the manifest of index/ is locked by somebody else."""
import sqlite3, subprocess, sys
held = sqlite3.connect("index/state.sqlite", isolation_level=None)
held.execute("PRAGMA locking_mode=EXCLUSIVE")
held.execute("BEGIN EXCLUSIVE")
sys.exit(subprocess.run(sys.argv[1:]).returncode)
