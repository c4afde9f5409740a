"""Headline figures: single values kept in columns of their own, with a daily history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

FigureValue = int | float | str


class Figure(StrEnum):
    """One headline figure and its unit."""

    TRACKS = "tracks"
    """public tracks, a count"""
    TRACKS_LISTED = "tracks_listed"
    """tracks in the catalogue as listed, a count"""
    RECENT_UPLOADS = "recent_uploads"
    """tracks uploaded in the last 30 days, a count"""
    PLAYS = "plays"
    """plays of all tracks, a count"""
    GROWTH = "growth"
    """plays, month over month, percent"""
    CONTRIBUTION = "contribution"
    """contribution points"""
    PLATFORM_SHARE = "platform_share"
    """share of the contribution points of the whole platform, percent"""
    ALBUMS = "albums"
    """albums, a count"""
    DOWNLOADS = "downloads"
    """downloads of all time, a count"""
    COLLABORATORS = "collaborators"
    """other artists credited on the listed tracks, a count"""
    COLLABORATIONS = "collaborations"
    """listed tracks with two or more credited artists, a count"""
    FOLLOWERS = "followers"
    """followers of the artist, a count"""
    LEVEL = "level"
    """producer level, 1 to 100"""
    LEVEL_TITLE = "level_title"
    """the level's title, as sent"""
    XP = "xp"
    """experience points, a count"""
    XP_TO_NEXT = "xp_to_next"
    """experience points missing for the next level, a count"""
    ACHIEVEMENTS = "achievements"
    """achievements unlocked, a count"""
    ACHIEVEMENTS_TOTAL = "achievements_total"
    """achievements there are, a count"""
    RANK_OVERALL = "rank_overall"
    """place among the producers, of all time, from 1; so are the other ranks"""
    RANK_QUALITY = "rank_quality"
    RANK_UPLOADS = "rank_uploads"
    RANK_PLAYS = "rank_plays"
    RANK_POINTS = "rank_points"
    RANK_EARNINGS = "rank_earnings"
    RANK_COLLABORATION = "rank_collaboration"
    PRODUCERS_RANKED = "producers_ranked"
    """producers that are ranked overall, a count"""
    BALANCE = "balance"
    """what has reached Stripe and not left it, in each currency (see `domain.money.amounts_in`)"""
    UPCOMING = "upcoming"
    """what is on its way to Stripe, in each currency"""
    IN_TRANSIT = "in_transit"
    """what is on its way to the bank, in each currency"""
    LIFETIME = "lifetime"
    """all that was earned less refunds, in each currency"""
    TRANSACTIONS = "transactions"
    """transactions kept here, a count"""


class FigureReading(NamedTuple):
    """A figure's value with the time (UTC) of the reply that carried it."""

    value: FigureValue
    fetched_at: datetime


Readings = Mapping[Figure, FigureReading]
