// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wiring.h"
#include "tests/support/program.h"
#include "tests/support/swtpm.h"
#include "tests/ui/deskroom.h"
#include "ui/screenwording.h"

#include <QAbstractItemModelTester>
#include <QTableView>

using namespace Qt::StringLiterals;
using support::DeskRoom;
using support::Kind;
using ui::ServiceModel;
using ui::SlotState;

namespace {

using Ids = QStringList;

upload::Enrollment enrollment(const QString &id, const QString &status = {})
{
    upload::Enrollment made{id, "key", u"unit-"_s + id, id != u"off"};
    if (!status.isEmpty())
        made.registration = upload::RegistrationState{
            id, status, u"hub.example"_s, made.deviceId, u"2026-03-04T05:06:07.1234567Z"_s};
    return made;
}

QString text(const QAbstractItemModel &model, int row, ServiceModel::Column column)
{
    return model.index(row, column).data().toString();
}

} // namespace

/// Training's page about the service, and what an operator sees of a trial with it.
class ServiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aListThatIsReadAgainKeepsItsPlace_data();
    void aListThatIsReadAgainKeepsItsPlace();
    void thePageFollowsTheService();
    void aTrialKeepsItsDevice();

private:
    support::Workplace m_workplace;
};

void ServiceTest::aListThatIsReadAgainKeepsItsPlace_data()
{
    QTest::addColumn<Ids>("before");
    QTest::addColumn<Ids>("after");
    QTest::newRow("nothing comes") << Ids() << Ids{u"a"_s, u"c"_s};
    QTest::newRow("one before, between and behind")
        << Ids{u"b"_s, u"d"_s} << Ids{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    QTest::newRow("some go") << Ids{u"a"_s, u"b"_s, u"c"_s, u"d"_s} << Ids{u"b"_s, u"c"_s};
    QTest::newRow("all others") << Ids{u"a"_s, u"c"_s} << Ids{u"b"_s, u"d"_s};
    QTest::newRow("all go") << Ids{u"a"_s, u"B"_s, u"off"_s} << Ids();
}

void ServiceTest::aListThatIsReadAgainKeepsItsPlace()
{
    QFETCH(const Ids, before);
    QFETCH(const Ids, after);
    ServiceModel model;
    const QAbstractItemModelTester tester(
        &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QList<upload::Enrollment> first, second;
    for (const QString &id : before)
        first.prepend(enrollment(id));
    for (const QString &id : after)
        second.prepend(enrollment(id, u"assigned"_s));
    model.show(first);
    QCOMPARE(model.rowCount(), before.size());
    QCOMPARE(model.registered(), 0);
    QList<QPersistentModelIndex> kept;
    for (int row = 0; row < model.rowCount(); ++row)
        if (after.contains(text(model, row, ServiceModel::Id)))
            kept.append(model.index(row, 0));
    model.show(second);
    Ids shown;
    for (int row = 0; row < model.rowCount(); ++row)
        shown.append(text(model, row, ServiceModel::Id));
    QCOMPARE(shown, after);
    QCOMPARE(model.registered(), after.size());
    QVERIFY(std::ranges::all_of(kept, &QPersistentModelIndex::isValid));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.show(second);
    QVERIFY(changed.isEmpty()); // what stays the same is not painted again
}

void ServiceTest::thePageFollowsTheService()
{
    const QString folder = m_workplace.path(u"page"_s);
    support::Shelf(m_workplace.path(u"shelf"_s)).copyTo(folder);
    DeskRoom desk(folder);
    const auto *table = desk.child<QTableView>(u"enrollments"_s);
    auto *model = table->model();
    const QAbstractItemModelTester tester(
        model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    desk.press(u"tabService"_s);
    const auto *message = desk.child<QLabel>(u"serviceMessage"_s);
    QTRY_VERIFY2(message->text().startsWith(u"0 enrollments"_s), qPrintable(message->text()));
    QCOMPARE(model->rowCount(), 0);

    // A device of the line: enrolled as soon as it has passed.
    desk.press(u"tabLine"_s);
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QTest::keyClick(&desk.window(), Qt::Key_F6);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 20'000);
    QCOMPARE(text(*model, 0, ServiceModel::Device), u"TRAIN-0001"_s);
    QCOMPARE(text(*model, 0, ServiceModel::Enrolled), u"enabled"_s);
    QCOMPARE(text(*model, 0, ServiceModel::Registration), u"not yet"_s);

    // Another that comes from elsewhere and registers, while somebody looks.
    const support::Swtpm device;
    const auto read = support::runCli({u"read"_s, u"--device"_s, device.text(), u"--json"_s});
    const auto &settings = desk.desk().wiring().settings();
    const auto &service = settings.services[u"main"_s];
    auto client = app::openClient(settings, service);
    QVERIFY(client);
    bool isEnrolled = false;
    (*client)->put(
        {u"zz-visitor"_s, read.json()[0][u"ek"].toObject()[u"public"].toString().toLatin1(),
            u"Visitor"_s},
        {}, [&](const upload::Result<upload::Enrollment> &put) { isEnrolled = put.has_value(); });
    QTRY_VERIFY(isEnrolled);
    QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 2, 20'000);
    const auto ran = support::runCli({u"register"_s, u"--device"_s, device.text(), u"--service"_s,
        service.url, u"--ca"_s, service.caFile, u"--id-scope"_s, service.idScope,
        u"--registration-id"_s, u"zz-visitor"_s});
    QVERIFY2(ran.exit == 0, ran.said());
    QTRY_COMPARE_WITH_TIMEOUT(text(*model, 1, ServiceModel::Registration), u"assigned"_s, 20'000);
    QCOMPARE(text(*model, 1, ServiceModel::Device), u"Visitor"_s);
    QCOMPARE(text(*model, 1, ServiceModel::Hub), u"hub.ekstation.test"_s);
    QVERIFY(!text(*model, 1, ServiceModel::Since).isEmpty());
    QTRY_COMPARE(message->text(), u"2 enrollments, 1 device registered"_s);

    desk.room().cutCloud();
    QTRY_VERIFY2(message->text().contains(u"does not answer"_s), qPrintable(message->text()));
    QCOMPARE(model->rowCount(), 2);
    QVERIFY(desk.room().restoreCloud());
    QTRY_COMPARE_WITH_TIMEOUT(message->text(), u"2 enrollments, 1 device registered"_s, 20'000);
}

void ServiceTest::aTrialKeepsItsDevice()
{
    const QString folder = m_workplace.path(u"trial"_s);
    support::Shelf(m_workplace.path(u"shelf"_s)).copyTo(folder);
    QFile shipped(u":/plans/training.toml"_s), mine(m_workplace.path(u"mine.toml"_s));
    QVERIFY(shipped.open(QIODevice::ReadOnly) && mine.open(QIODevice::WriteOnly));
    mine.write(shipped.readAll() + "\n[trial]\nevery = 2\n");
    mine.close();
    DeskRoom desk(folder, {1280, 800}, mine.fileName());
    const QAbstractItemModelTester tester(
        &desk.page().slotModel(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    QStringList seen;
    connect(&desk.page().slotModel(), &QAbstractItemModel::dataChanged, this, [&] {
        const QString step = ui::wording::step(desk.view(0));
        if (desk.state(0) == SlotState::Running && step.contains(u"provision itself"_s))
            seen.append(desk.view(0).next);
    });
    QVERIFY(desk.plug(0, Kind::Good));
    desk.scan(u"TRAIN-0001"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), 20'000); // it may be green for a moment before
    QCOMPARE(seen.first(), u"Leave it connected"_s);
    QVERIFY(desk.waits(0, SlotState::Pass));
    QCOMPARE(desk.view(0).what, u"Proven and recorded, and it can provision itself"_s);
    QCOMPARE(desk.view(0).next, u"Remove and pack it"_s);

    // The next is no sample; the one after it is, and the service is away.
    QVERIFY(desk.plug(1, Kind::Good));
    desk.scan(u"TRAIN-0002"_s);
    QVERIFY(desk.waits(1, SlotState::Pass));
    QCOMPARE(desk.view(1).what, u"Proven and recorded"_s);
    QVERIFY(desk.plug(2, Kind::Good));
    desk.press(u"cloudSwitch"_s);
    desk.scan(u"TRAIN-0003"_s);
    QVERIFY(QTest::qWaitFor(
        [&] { return ui::wording::step(desk.view(2)).contains(u"provision itself"_s); }, 30'000));
    desk.press(u"stop"_s);
    QVERIFY(desk.waits(2, SlotState::Pass));
    QCOMPARE(desk.view(2).what, u"Proven and recorded, but not tried: stopped"_s);
}

QTEST_MAIN(ServiceTest)
#include "service.moc"
