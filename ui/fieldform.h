// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QWidget>
#include <functional>

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// One key of the settings as a form shows it.
struct Field {
    enum class Kind { Text, Number, Truth, Choice };
    struct Option {
        QString word; ///< in the file
        QString label;

        bool operator==(const Option &) const = default;
    };

    QString key; ///< "station.id"
    QString label;
    QString explanation;
    QString value;
    Kind kind = Kind::Text;
    QList<Option> options; ///< of a choice

    bool operator==(const Field &) const = default;
};

/// Fields below each other; what each is for stands under it, and what is wrong with it under that.
class FieldForm : public QWidget {
    Q_OBJECT
public:
    /// `fields` is asked again for its words when the language changes.
    FieldForm(const std::function<QList<Field>()> &fields, QWidget *parent);

    [[nodiscard]] QMap<QString, QString> values() const; ///< by key
    /// Marks the field of this key, if it is here, and no other one. An empty text marks none.
    bool showComplaint(const QString &key, const QString &text);

Q_SIGNALS:
    void edited();

private:
    struct Row {
        QWidget *editor = nullptr;
        QLabel *label = nullptr;
        QLabel *why = nullptr;
        QLabel *complaint = nullptr;
    };

    void add(QFormLayout *form, const Field &field);
    QWidget *makeEditor(const Field &field);
    static void speakField(const Row &row, const Field &field);

    QMap<QString, Row> m_rows; ///< by key
};

/// A line for a text of the settings, as high as a finger.
[[nodiscard]] QLineEdit *makeLine(const QString &name, const QString &text, QWidget *parent);

} // namespace ui
