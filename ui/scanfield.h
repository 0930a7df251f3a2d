// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <functional>

namespace ui {

/// Where a scanner types. Enter or Tab ends a scan; what cannot be a serial is refused here, in
/// plain words, before anybody else sees it. So is what two scans were mixed of, as far as the
/// times of the keys tell: a part that an unplugged scanner left before it, or a second scanner
/// beside it.
class ScanField : public QLineEdit {
    Q_OBJECT
public:
    static constexpr int longest = 64;

    explicit ScanField(QWidget *parent = nullptr);

    /// Which scans are badges: they are told as such, and never shown.
    void setBadges(const std::function<bool(const QString &)> &isBadge) { m_isBadge = isBadge; }
    /// As if it had been scanned.
    void take(const QString &text);

Q_SIGNALS:
    void scanned(const QString &serial);
    void badgeScanned(const QString &badge);
    void refused(const QString &scan, const QString &why); ///< the scan as far as it can be shown

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void submit();
    void notice(quint64 ms);
    [[nodiscard]] bool isSpliced() const;
    void forget();
    void tell();

    std::function<bool(const QString &)> m_isBadge;
    bool m_isBinary = false; ///< a control character came with this scan
    qsizetype m_length = 0; ///< of this scan, what did not fit included
    qsizetype m_before = 0; ///< of them, how many stood here before the last pause
    quint64 m_since = 0, m_lastKey = 0; ///< ms of the display's clock; 0: it does not say
    quint64 m_ended = 0; ///< the same, of the last scan
    bool m_isMixed = false; ///< this began before the last scan could be over
    QString m_scan; ///< ended, and told when nothing follows at once
    QTimer m_settling;
};

} // namespace ui
