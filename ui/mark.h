// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotview.h"

#include <QWidget>
#include <functional>

namespace ui {

/// A health mark: words, with the shape and colour of how grave they are.
class Mark : public QWidget {
    Q_OBJECT
public:
    enum class Health { Good, Care, Bad };

    Mark(const QString &name, QWidget *parent);

    /// `words` is asked again when the language changes.
    void show(const std::function<QString()> &words, Health health, const QString &detail = {});
    [[nodiscard]] QString words() const { return m_words; }
    [[nodiscard]] Health health() const { return m_health; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    /// The words as they are painted into so much room.
    struct Lines {
        QString words;
        QFont font;

        bool operator==(const Lines &) const = default;
    };
    /// In one line, or "what:" above how it is, as large as fits.
    [[nodiscard]] Lines linesIn(const QSizeF &room) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void speak();

    std::function<QString()> m_say;
    QString m_words;
    QString m_detail;
    Health m_health = Health::Good;
};

} // namespace ui
