// SPDX-FileCopyrightText: 2026 ekstation contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tpm/target.h"
#include "tpm/wire.h"

#include <QList>
#include <QMap>
#include <QSet>
#include <functional>
#include <optional>

struct ESYS_CONTEXT;
union TPMU_CAPABILITIES;

namespace tpm {

/// An object inside the TPM that a session can use.
struct Object {
    quint32 reference = 0; ///< ESYS_TR
    quint32 handle = 0; ///< TPM_HANDLE
    QByteArray publicArea; ///< TPM2B_PUBLIC, or the TPMS_NV_PUBLIC of an NV index as TPM2B
    bool operator==(const Object &) const = default;
};

/// An object outside of the TPM that made it, which alone can load it again.
struct SealedKey {
    QByteArray publicArea; ///< TPM2B_PUBLIC
    QByteArray privateArea; ///< TPM2B_PRIVATE, encrypted by the parent
    bool operator==(const SealedKey &) const = default;
};

/// TPM2_ReadClock (TCG Part 2, 10.11).
struct Clock {
    quint64 timeMs = 0; ///< since the TPM got its power
    quint64 clockMs = 0; ///< of its life under power
    quint32 resets = 0;
    quint32 restarts = 0;
    bool isSafe = false; ///< clockMs has surely never been told before
    bool operator==(const Clock &) const = default;
};

/// Where a primary object is rooted.
enum class Hierarchy { Owner, Endorsement, Null };

/// A conversation with one TPM. Whatever it makes there it flushes, on every way out; of what was
/// there before it touches only what a killed conversation left, and only if the TPM is full.
/// Blocking, each command bounded by its budget; for one thread.
class Session {
public:
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(
        const Target &target, const Budget &budget, std::shared_ptr<Stop> stop);
    /// Over a link that is open already; it cannot be reopened.
    [[nodiscard]] static Result<std::unique_ptr<Session>> over(std::unique_ptr<Wire> wire);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// TPM2_GetCapability of TPM_PT values, paged, from `first` to `last`. A TPM that was never
    /// started is started (TPM2_Startup with CLEAR).
    [[nodiscard]] Result<QMap<quint32, quint32>> properties(quint32 first, quint32 last);
    /// The handles from `first` to `last` that exist.
    [[nodiscard]] Result<QList<quint32>> handles(quint32 first, quint32 last);
    [[nodiscard]] Result<QSet<quint32>> algorithms(); ///< TPM_ALG_ID
    [[nodiscard]] Result<QSet<quint32>> commandCodes(); ///< TPM_CC that this TPM implements
    [[nodiscard]] Result<QMap<quint32, int>> pcrBanks(); ///< TPM_ALG_ID → number of PCRs
    /// TPM2_SelfTest of everything; what TPM2_GetTestResult says then (0: passed).
    [[nodiscard]] Result<quint32> selfTest();
    [[nodiscard]] Result<Clock> readClock();
    [[nodiscard]] Result<QByteArray> random(int size); ///< a TPM may give less than asked for

    [[nodiscard]] Result<Object> readPublic(quint32 handle); ///< TPM2_ReadPublic; Refused if absent
    [[nodiscard]] Result<Object> createPrimary(
        Hierarchy hierarchy, const QByteArray &templateArea); ///< TPMT_PUBLIC
    /// TPM2_NV_ReadPublic and as many TPM2_NV_Read as `chunk` bytes need, with the index's own
    /// empty authorization, which works whoever owns the TPM.
    [[nodiscard]] Result<QByteArray> readNv(quint32 index, quint32 chunk);
    /// Whether an NV index is the owner's, so that TPM2_Clear takes it away: TPMA_NV_PLATFORMCREATE
    /// is not set (TCG Part 2, 13.4).
    [[nodiscard]] Result<bool> isOwnersNv(quint32 index);

    /// The credential that TPM2_ActivateCredential releases for `object` under `key` (TCG Part 1,
    /// 24).
    [[nodiscard]] Result<QByteArray> activateCredential(const Object &object, const Object &key,
        const QByteArray &idObject, const QByteArray &encryptedSecret);
    [[nodiscard]] Result<void> flush(const Object &object); ///< one that this session made

    /// A key that was wrapped for `parent` outside of this TPM (TCG Part 1, 23.3): the
    /// TPM2B_PRIVATE for load(). `inner` is the key of the inner AES-128-CFB wrapper.
    [[nodiscard]] Result<QByteArray> importKey(const Object &parent, const QByteArray &inner,
        const QByteArray &publicArea, const QByteArray &duplicate, const QByteArray &encryptedSeed);
    [[nodiscard]] Result<Object> load(
        const Object &parent, const QByteArray &privateArea, const QByteArray &publicArea);
    /// TPM2_Create under `parent` of a key whose secret is given, as TPMT_PUBLIC describes it. On
    /// its way the secret is encrypted for `parent` (TCG Part 1, 21).
    [[nodiscard]] Result<SealedKey> create(
        const Object &parent, const QByteArray &templateArea, QByteArrayView secret);
    /// HMAC-SHA256 of at most TPM_PT_INPUT_BUFFER bytes.
    [[nodiscard]] Result<QByteArray> hmac(const Object &key, const QByteArray &bytes);

    // What stays in the TPM after the session; for the owner with an empty password.
    [[nodiscard]] Result<Object> persist(const Object &object, quint32 handle);
    [[nodiscard]] Result<void> evict(const Object &persistent);
    /// TPM2_Clear with the lockout's empty password.
    [[nodiscard]] Result<void> clear();

    /// TPM commands sent so far, those before a reopening included.
    [[nodiscard]] int commands() const;
    [[nodiscard]] quint32 lastCommand() const { return m_wire->lastCommand(); }
    /// Why the connection cannot be used any more.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_wire->failure(); }
    /// A dead conversation is thrown away and begun anew; what it had left in the TPM is flushed.
    [[nodiscard]] Result<void> reopen();

private:
    explicit Session(std::unique_ptr<Wire> wire);
    [[nodiscard]] Result<void> attach();
    void detach();
    [[nodiscard]] Result<void> flushMade();
    void flushLeftovers();
    void takeLateHandle(const QByteArray &answer);
    [[nodiscard]] Error failed(quint32 rc, quint32 command) const;
    [[nodiscard]] Result<void> pages(quint32 capability, quint32 first, quint32 count,
        const std::function<std::optional<quint32>(const TPMU_CAPABILITIES &)> &take);
    [[nodiscard]] Result<Object> known(quint32 handle);
    [[nodiscard]] Result<quint32> startPolicySession(quint16 hash);
    [[nodiscard]] Result<quint32> startEncryption(const Object &key);
    [[nodiscard]] Result<quint32> authorize(const Object &key);
    /// Runs an ESYS command, and once more if the TPM was full and there is room now.
    template <typename Call> quint32 withRoom(Call call)
    {
        const quint32 rc = call();
        return isFull(rc) && makeRoom() ? call() : rc;
    }
    [[nodiscard]] static bool isFull(quint32 rc);
    [[nodiscard]] bool makeRoom();
    [[nodiscard]] bool isLeftOver(quint32 handle);
    [[nodiscard]] bool flushHandle(quint32 handle);

    Target m_target;
    Budget m_budget;
    std::shared_ptr<Stop> m_stop; ///< null: over a link of somebody else
    std::unique_ptr<Wire> m_wire;
    ESYS_CONTEXT *m_esys = nullptr;
    QMap<quint32, quint32> m_made; ///< TPM handle → ESYS_TR
    int m_earlierCommands = 0;
};

} // namespace tpm
