// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"

/// The commands of ekstation-cli, one file each.
namespace app::commands {

extern const Command read;
extern const Command run;
extern const Command demo;
extern const Command records;
extern const Command show;
extern const Command planCheck;
extern const Command ek;
extern const Command rootsImport;
extern const Command rootsList;
extern const Command eksetExport;
extern const Command eksetImport;
extern const Command exportDevices;
extern const Command recall;
extern const Command verify;
extern const Command ledgerBackup;
extern const Command ledgerRestore;
extern const Command ledgerArchive;
extern const Command ledgerClock;
extern const Command ledgerHoldAdd;
extern const Command ledgerHoldList;
extern const Command ledgerHoldRemove;
extern const Command importDevicesOrReceipt;
extern const Command receiveBundle;
extern const Command credentialsAdd;
extern const Command credentialsTest;
extern const Command credentialsList;
extern const Command credentialsRemove;
extern const Command unitShip;
extern const Command unitReplaceBoard;
extern const Command unitScrap;
extern const Command unitRepair;
extern const Command unitReturn;
extern const Command unitRetest;
extern const Command unitHistory;
extern const Command personAdd;
extern const Command personChange;
extern const Command personErase;
extern const Command personList;
extern const Command gate;
extern const Command orderOpen;
extern const Command orderClose;
extern const Command orderList;
extern const Command orderRelease;
extern const Command upload;
extern const Command reconcile;
extern const Command serve;
extern const Command registerDevice;
extern const Command doctor;

} // namespace app::commands
