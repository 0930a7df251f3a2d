// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/slotview.h"

#include <QWidget>

namespace ui {

/// A health mark: words, with the shape and colour of how grave they are.
class Mark : public QWidget {
    Q_OBJECT
public:
    enum class Health { Good, Care, Bad };

    Mark(const QString &name, QWidget *parent);

    void show(const QString &words, Health health, const QString &detail = {});
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

private:
    QString m_words;
    Health m_health = Health::Good;
};

} // namespace ui
