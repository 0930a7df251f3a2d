# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a bundle again without a line of ekstation: verifier.py BUNDLE SIGNERS.pem

Written from resources/handover/bundle-1.json alone. Says "good", or what does not match and ends with 1.
"""
import base64
import csv
import hashlib
import io
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

problems = []


def require(holds, what):
    if not holds:
        problems.append(what)


def contents(path):
    """Every file of a folder or a .zip, by its name."""
    if path.is_dir():
        return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def signed(files, signers):
    """What plain openssl says of the signature."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("manifest.json", "manifest.json.p7s"):
            pathlib.Path(folder, name).write_bytes(files[name])
        return subprocess.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "PEM", "-in", folder + "/manifest.json.p7s",
             "-content", folder + "/manifest.json", "-CAfile", signers, "-out", "/dev/null"],
            capture_output=True).returncode == 0


def entry_digest(line):
    body = line["body"].encode()
    return hashlib.sha256(
        b"ekstation-entry-1\0" + bytes.fromhex(line["salt"]) + line["kind"].encode() + b"\0"
        + struct.pack(">q", line["atUs"]) + struct.pack(">I", len(body)) + body).digest()


def walk(files, chains):
    """The chain from end to end; the bodies of the entries that are whole."""
    lines = iter(files["records.jsonl"].decode().splitlines())
    bodies = {}
    for chain in chains:
        last = bytes.fromhex(chain["prev"])
        for seq in range(chain["first"], chain["last"] + 1):
            line = json.loads(next(lines))
            require((line["station"], line["seq"]) == (chain["station"], seq), f"entry {seq} is missing")
            digest = entry_digest(line) if "body" in line else bytes.fromhex(line["digest"])
            if "body" in line:
                bodies[line["station"], str(seq)] = json.loads(line["body"])
            last = hashlib.sha256(b"ekstation-chain-1\0" + last + struct.pack(">Q", seq) + digest).digest()
        require(last.hex() == chain["hash"], f"the chain of {chain['station']} leads elsewhere")
    require(next(lines, None) is None, "more entries than the manifest says")
    return bodies


def check_row(row, body, purpose):
    name = f"row {row['entry']}"
    key = base64.b64decode(row["endorsementKey"], validate=True)
    require(hashlib.sha256(key).hexdigest() == row["ekSha256"], f"{name}: ekSha256")
    require(body["ek"]["public"] == row["endorsementKey"], f"{name}: another key than its entry")
    require(body["serial"] == row["serialNumber"], f"{name}: another serial than its entry")
    require(body["verdict"] == row["verdict"] == "pass", f"{name}: did not pass")
    require((body["purpose"] == "training") == (purpose == "training"), f"{name}: purpose")
    if row["enrollment"]:
        told = row["enrollment"]["attestation"]["tpm"]["endorsementKey"]
        require(told == row["endorsementKey"], f"{name}: enrolls another key")


def main(path, signers):
    files = contents(pathlib.Path(path))
    require(signed(files, signers), "the signature does not hold")
    manifest = json.loads(files["manifest.json"])
    claims = manifest["checkable"]
    named = {one["name"]: one for one in claims["files"]}
    require(set(named) | {"manifest.json", "manifest.json.p7s"} == set(files), "a file too many or too few")
    for name, one in named.items():
        require(hashlib.sha256(files[name]).hexdigest() == one["sha256"], f"{name} is not what was signed")
    bodies = walk(files, claims["chains"])
    rows = [json.loads(line) for line in files["enrollments.jsonl"].decode().splitlines()]
    require(len(rows) == claims["enrollments"], "the number of rows")
    sheet = list(csv.DictReader(io.StringIO(files["enrollments.csv"].decode())))
    require(len(sheet) == len(rows), "the sheet has other rows")
    for row, cells in zip(rows, sheet):
        require(cells["serialNumber"].removeprefix("'") == row["serialNumber"], "the sheet says otherwise")
        check_row(row, bodies[row["stationId"], row["entry"]], claims["purpose"])


try:
    main(*sys.argv[1:])
except Exception as error:  # whatever a changed byte leads to
    problems.append(repr(error))
print("\n".join(problems) or "good")
sys.exit(1 if problems else 0)
