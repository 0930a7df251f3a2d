#!/bin/sh
# SPDX-FileCopyrightText: 2026 ekstation contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The work of one examination as a script of tpm2-tools does it: properties, endorsement key, its
# certificate, and the challenge.  unit.sh TARGET FOLDER UNITS
set -e
export TPM2TOOLS_TCTI="$1"
cd "$2"
head -c 32 /dev/urandom > secret
for unit in $(seq "$3"); do
    tpm2_getcap properties-fixed > properties
    tpm2_readpublic -Q -c 0x81010001 -f tss -o ek
    tpm2_nvread -Q 0x1c00002 -C 0x1c00002 -o certificate
    tpm2_createak -Q -C 0x81010001 -G ecc -g sha256 -s ecdsa -c ak -n ak.name
    tpm2_flushcontext -t
    tpm2_makecredential -Q -T none -u ek -s secret -n "$(od -An -v -tx1 ak.name | tr -d ' \n')" -o blob
    tpm2_startauthsession --policy-session -S session
    tpm2_policysecret -Q -S session -c e
    tpm2_activatecredential -Q -c ak -C 0x81010001 -P session:session -i blob -o released
    tpm2_flushcontext session
    tpm2_flushcontext -t
    cmp secret released
done
