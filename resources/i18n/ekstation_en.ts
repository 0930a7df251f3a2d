<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- SPDX-FileCopyrightText: 2026 ekstation contributors -->
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- English needs a translation for its plurals alone. -->
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>%n serial(s) waited when the station ended; they wait again.</source>
        <translation>
            <numerusform>%n serial waited when the station ended; it waits again.</numerusform>
            <numerusform>%n serials waited when the station ended; they wait again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) written to %1.</source>
        <translation>
            <numerusform>%n device written to %1.</numerusform>
            <numerusform>%n devices written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n enrollment(s)</source>
        <translation>
            <numerusform>%n enrollment</numerusform>
            <numerusform>%n enrollments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) registered</source>
        <translation>
            <numerusform>%n device registered</numerusform>
            <numerusform>%n devices registered</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::RecordPage</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 at %2, %n time(s) sent</source>
        <translation>
            <numerusform>%1 at %2, sent once</numerusform>
            <numerusform>%1 at %2, sent %n times</numerusform>
        </translation>
    </message>
</context>
</TS>
