"""The ledger of money: sales, subscription splits, payouts to banks, refunds.

Amounts are whole minor units. They are positive when an artist earns and negative when money
leaves the artist's balance.
"""

from __future__ import annotations

MONEY_TABLES = """
-- requirements_due holds one Stripe requirement a line; enabled_at is the moment since when
-- charges and payouts are enabled, null before.
CREATE TABLE stripe_accounts (
    artist_id INTEGER PRIMARY KEY REFERENCES artists,
    own INTEGER NOT NULL,
    connected INTEGER NOT NULL,
    details_submitted INTEGER NOT NULL,
    country TEXT,
    currency TEXT NOT NULL,
    requirements_due TEXT NOT NULL,
    enabled_at INTEGER
);
CREATE TABLE onboarding_links (
    token TEXT PRIMARY KEY,
    artist_id INTEGER NOT NULL REFERENCES artists,
    country TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
-- What the subscribers billed on one date leave for the producers.
CREATE TABLE pools (
    id INTEGER PRIMARY KEY,
    billed_at INTEGER NOT NULL UNIQUE,
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL,
    contribution REAL NOT NULL
);
-- digits is how many decimal digits of the amount are minor units. due_at is when the status
-- changes next; null once it is final. payout_id names the payout that settles an entry.
CREATE TABLE ledger (
    id INTEGER PRIMARY KEY,
    artist_id INTEGER NOT NULL REFERENCES artists,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    digits INTEGER NOT NULL,
    description TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    due_at INTEGER,
    track_id INTEGER REFERENCES tracks,
    payout_id INTEGER REFERENCES ledger
);
CREATE INDEX ledger_by_artist ON ledger (artist_id, created_at DESC, id DESC);
CREATE INDEX ledger_by_due ON ledger (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX ledger_unsettled ON ledger (artist_id, currency, digits)
    WHERE payout_id IS NULL AND status = 'paid' AND type <> 'payout';
CREATE INDEX ledger_by_payout ON ledger (payout_id) WHERE payout_id IS NOT NULL;
-- price goes to the producer; the buyer pays price + fee. refund_at is when a refund comes.
CREATE TABLE purchases (
    ledger_id INTEGER PRIMARY KEY REFERENCES ledger,
    buyer_id INTEGER REFERENCES users,
    exclusive INTEGER NOT NULL,
    price INTEGER NOT NULL,
    fee INTEGER NOT NULL,
    total INTEGER NOT NULL,
    refund_at INTEGER,
    refund_id INTEGER REFERENCES ledger
);
CREATE INDEX purchases_by_refund ON purchases (refund_at) WHERE refund_at IS NOT NULL;
-- The amount of a split's entry is original + bonus; an excluded one has neither paid.
CREATE TABLE splits (
    ledger_id INTEGER PRIMARY KEY REFERENCES ledger,
    pool_id INTEGER NOT NULL REFERENCES pools,
    contribution REAL NOT NULL,
    share_percentage REAL NOT NULL,
    original INTEGER NOT NULL,
    bonus INTEGER NOT NULL,
    failure_reason TEXT,
    retry_count INTEGER NOT NULL
);
CREATE INDEX splits_by_pool ON splits (pool_id);
"""
