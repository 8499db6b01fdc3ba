// intake_commit.c: what is done at the commits of a run: the earlier versions of what it changes
// are kept, what was superseded or withdrawn goes, stories are settled; see intake.h.
#include <stdlib.h>

#include "indexer/intake_internal.h"
#include "text/analysis.h"

// ---- before a commit

static nx_status withdraw(nx_intake *r, const nx_intake_change *c, const nx_seen_entry *e,
                          nx_error *err)
{
    const nx_str term = nx_str_make(c->unique_term, c->n);
    const nx_withdrawal w = {
        .version = e->version, .utc = e->freshness, .place = nx_str_of(c->place)};
    nx_status st = nx_history_withdraw(r->history, term, &w, err);
    return st == NX_OK ? nx_withdrawn_note(r->withdrawn, term, &w, err) : st;
}

// What readers find of the articles that the coming commit changes or takes out.
static nx_status keep_versions(nx_intake *r, nx_error *err)
{
    nx_status st = NX_OK;
    while (st == NX_OK && r->kept_count < r->change_count) {
        const nx_intake_change *c = &r->changes[r->kept_count++];
        const nx_seen_entry *e = nx_seen_find(r->seen, c->key);
        const bool stays = e != NULL && e->batch == c->batch && e->ordinal == c->ordinal;
        if (stays && (e->stored || e->canceled)) {
            st = nx_history_keep(r->history, nx_str_make(c->unique_term, c->n),
                                 e->canceled ? NULL : c->text, r->options.now_utc, err);
        }
        if (st == NX_OK && stays && e->canceled && c->place != NULL) {
            st = withdraw(r, c, e, err);
        }
    }
    return st == NX_OK ? nx_history_commit(r->history, err) : st;
}

nx_status nx_intake_committing(nx_intake *r, nx_error *err)
{
    const nx_intake_account *account = r->options.account;
    nx_status st = keep_versions(r, err);
    return st == NX_OK && account != NULL && account->committing != NULL
               ? account->committing(account->ctx, err)
               : st;
}

// ---- checkpoints

static void count_entry(void *ctx, const nx_seen_entry *e)
{
    nx_tally *t = ctx;
    if (e->stored) {
        nx_tally_add(t, e->existed ? NX_COUNT_UPDATED : NX_COUNT_INDEXED, 1);
    } else if (!e->canceled) {
        nx_tally_add(t, NX_COUNT_UNCHANGED, 1);
    }
}

void nx_intake_forget_changes(nx_intake *r)
{
    for (size_t i = 0; i < r->change_count; i++) {
        free(r->changes[i].unique_term);
        free(r->changes[i].place);
    }
    r->change_count = 0;
    r->kept_count = 0;
}

// Tells the writer which older copies go, and removes what was canceled.
static nx_status apply_changes(nx_intake *r, bool removals, nx_error *err)
{
    nx_status st = NX_OK;
    for (size_t i = 0; st == NX_OK && i < r->change_count; i++) {
        const nx_intake_change *c = &r->changes[i];
        const nx_seen_entry *e = nx_seen_find(r->seen, c->key);
        nx_str term = nx_str_make(c->unique_term, c->n);
        if (removals && e != NULL && e->canceled) {
            bool removed = false;
            st = nx_writer_remove(r->writer, term, &removed, err);
            st = st == NX_OK ? nx_story_drop(r->story, term, err) : st;
            removed = removed && (e->existed || e->earlier); // else this run brought it
            nx_tally_add(r->tally, NX_COUNT_REMOVED, removed);
        } else if (!removals && e != NULL && e->stored) {
            st = nx_writer_bulk_supersede(r->writer, term, err);
        }
    }
    return st;
}

// Versions of articles that were taken out, and that no other file has brought back since.
static nx_status forget_removed(nx_intake *r, nx_error *err)
{
    nx_status st = NX_OK;
    for (uint32_t i = 0; st == NX_OK && i < nx_vocab_count(r->removed); i++) {
        nx_found found;
        nx_str term = nx_vocab_get(r->removed, i);
        st = nx_writer_find(r->writer, term, &found, err);
        if (st == NX_OK && !found.exists) {
            st = nx_history_forget(r->history, term, err);
            nx_withdrawn_forget(r->withdrawn, term);
        }
    }
    nx_vocab_clear(r->removed);
    return st == NX_OK ? nx_history_commit(r->history, err) : st;
}

nx_status nx_intake_remove(nx_intake *r, nx_str unique_term, bool *removed, nx_error *err)
{
    nx_status st = nx_story_begin(r->story, r->writer, r->index, err);
    st = st == NX_OK ? nx_writer_remove(r->writer, unique_term, removed, err) : st;
    if (st == NX_OK && *removed) {
        st = nx_story_drop(r->story, unique_term, err);
        st = st == NX_OK ? nx_intake_forget(r, unique_term, err) : st;
    }
    return st;
}

// An article that its file's new name brought again takes the place of the old one.
static nx_status on_moved(void *ctx, nx_str from, nx_str to, nx_error *err)
{
    nx_intake *r = ctx;
    const nx_intake_account *account = r->options.account;
    const nx_str id = nx_str_skip(to, 1);
    const nx_sha256 key = nx_sha256_of(&id, 1);
    bool removed = false;
    nx_seen_existed(r->seen, key.bytes);
    nx_status st = account != NULL && account->moved != NULL
                       ? account->moved(account->ctx, from, to, err)
                       : NX_OK;
    return st == NX_OK ? nx_intake_remove(r, from, &removed, err) : st;
}

nx_status nx_intake_forget(nx_intake *r, nx_str unique_term, nx_error *err)
{
    return nx_vocab_add(r->removed, unique_term, NULL) != NX_VOCAB_NONE ? NX_OK
                                                                        : nx_fail_nomem(err);
}

nx_status nx_intake_checkpoint(nx_intake *r, nx_error *err)
{
    nx_status st = nx_intake_drain(r, err);
    if (st == NX_OK && r->builder != NULL) {
        st = apply_changes(r, false, err);
    }
    st = st == NX_OK ? apply_changes(r, true, err) : st;
    st = st == NX_OK ? nx_story_each_moved(r->story, on_moved, r, err) : st;
    st = st == NX_OK ? nx_story_settle(r->story, r->builder, err) : st;
    st = st == NX_OK ? nx_intake_committing(r, err) : st;
    if (st == NX_OK && r->builder != NULL) {
        r->builder = NULL; // publishing frees it, whatever comes of it
        st = nx_writer_bulk_publish(r->writer, NULL, err);
    }
    st = st == NX_OK ? nx_story_apply(r->story, r->writer, err) : st;
    st = st == NX_OK ? nx_writer_commit(r->writer, err) : st;
    st = st == NX_OK ? nx_story_end(r->story, err) : st;
    st = st == NX_OK ? forget_removed(r, err) : st;
    if (st == NX_OK) {
        nx_taker_committed(r->serial);
        nx_seen_each(r->seen, count_entry, r->tally);
        nx_seen_clear(r->seen);
        nx_intake_forget_changes(r);
        r->record_bytes = 0;
        r->uncommitted = 0;
        r->decided = false;
    }
    return st;
}
