// glass_life_test.cc: a database that glass/ built lives on as libxapian's own do: it is searched,
// changed, compacted, served and replicated with the same results.
#include <csignal>
#include <cstdlib>
#include <functional>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" {
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
}

#include "tests/unit/glass_support.h"

static const int QUERIES_PER_OPERATOR = 25;

namespace
{

// The same corpus built both ways.
struct Pair {
    std::string ours = scratch_path("ours"), theirs = scratch_path("theirs");
    Corpus corpus;
    explicit Pair(uint64_t seed, size_t docs = 700, size_t words = 80)
        : corpus(news_corpus(seed, docs, words))
    {
        BuildOptions o;
        o.workers = 2;
        build_ours(ours, corpus, o);
        build_theirs(theirs, corpus);
    }
};

std::string random_word(Random &r)
{
    return "w" + std::to_string(r.below(1U << r.below(14)) * 7919 % 10007);
}

Xapian::Query random_query(Random &r, Xapian::Query::op op)
{
    using Xapian::Query;
    switch (op) {
    case Query::OP_VALUE_RANGE:
        return Query(op, 0, "2019" + std::to_string(10 + r.below(3)), "201912");
    case Query::OP_VALUE_GE:
    case Query::OP_VALUE_LE: return Query(op, r.below(3), r.below(2) == 0 ? "20190615" : "m");
    case Query::OP_WILDCARD: return Query(op, "w" + std::to_string(r.below(100)));
    case Query::OP_SCALE_WEIGHT: return Query(op, Query(random_word(r)), 0.25 + r.below(8));
    default: break;
    }
    std::vector<Query> parts;
    bool two_only = op == Query::OP_AND_NOT || op == Query::OP_AND_MAYBE || op == Query::OP_FILTER;
    size_t n = two_only ? 2 : 2 + r.below(3);
    for (size_t i = 0; i < n; i++) {
        std::string word = random_word(r);
        bool positional = op == Query::OP_NEAR || op == Query::OP_PHRASE;
        parts.emplace_back(!positional && r.below(3) == 0 ? "Z" + word.substr(0, 3) : word);
    }
    bool takes_window = op == Query::OP_NEAR || op == Query::OP_PHRASE || op == Query::OP_ELITE_SET;
    unsigned window = takes_window ? static_cast<unsigned>(n) + r.below(20) : 0;
    return Query(op, parts.begin(), parts.end(), window);
}

void assert_same_results(Xapian::Database &a, Xapian::Database &b, const Xapian::Query &q,
                         bool by_value)
{
    Xapian::Enquire x(a), y(b);
    x.set_query(q);
    y.set_query(q);
    if (by_value) {
        x.set_sort_by_value_then_relevance(0, true);
        y.set_sort_by_value_then_relevance(0, true);
    }
    Xapian::MSet m = x.get_mset(0, 40, 200), n = y.get_mset(0, 40, 200);
    std::string description = q.get_description();
    if (m.size() != n.size() || m.get_matches_estimated() != n.get_matches_estimated() ||
        m.get_matches_lower_bound() != n.get_matches_lower_bound() ||
        m.get_matches_upper_bound() != n.get_matches_upper_bound() ||
        m.get_max_possible() != n.get_max_possible()) {
        fail_msg("other counts for %s", description.c_str());
    }
    for (Xapian::doccount i = 0; i < m.size(); i++) {
        if (*m[i] != *n[i] || m[i].get_weight() != n[i].get_weight() ||
            m[i].get_percent() != n[i].get_percent()) {
            fail_msg("rank %u differs for %s", i + 1, description.c_str());
        }
    }
}

const Xapian::Query::op operators[] = {
    Xapian::Query::OP_AND,          Xapian::Query::OP_OR,        Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_XOR,          Xapian::Query::OP_AND_MAYBE, Xapian::Query::OP_FILTER,
    Xapian::Query::OP_NEAR,         Xapian::Query::OP_PHRASE,    Xapian::Query::OP_VALUE_RANGE,
    Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query::OP_ELITE_SET, Xapian::Query::OP_VALUE_GE,
    Xapian::Query::OP_VALUE_LE,     Xapian::Query::OP_SYNONYM,   Xapian::Query::OP_MAX,
    Xapian::Query::OP_WILDCARD};

void assert_same_search(Xapian::Database a, Xapian::Database b, uint64_t seed, int each)
{
    Random r(seed);
    for (Xapian::Query::op op : operators) {
        for (int i = 0; i < each; i++) {
            assert_same_results(a, b, random_query(r, op), i % 5 == 4);
        }
    }
}

void change(const std::string &path, const Corpus &more)
{
    Random r(99);
    Xapian::WritableDatabase db(path, Xapian::DB_OPEN);
    for (int commit = 0; commit < 6; commit++) {
        for (int i = 0; i < 60; i++) {
            const TestDoc &d = more.docs[r.below(static_cast<uint32_t>(more.docs.size()))];
            switch (r.below(4)) {
            case 0: db.add_document(to_xapian(d)); break;
            case 1: db.replace_document("Q" + std::to_string(r.below(900)), to_xapian(d)); break;
            case 2: db.replace_document(1 + r.below(1000), to_xapian(d)); break;
            default: db.delete_document("Q" + std::to_string(r.below(900)));
            }
        }
        db.set_metadata("commit", std::to_string(commit));
        db.add_spelling("word" + std::to_string(commit), 3);
        db.commit();
    }
}

bool have_program(const char *name)
{
    bool there = access((std::string("/usr/bin/") + name).c_str(), X_OK) == 0;
    if (!there) {
        print_message("skipped: %s is not installed\n", name);
    }
    return there;
}

// A loopback port that was free a moment ago.
unsigned free_port()
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at = {};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t n = sizeof at;
    if (fd < 0 || bind(fd, reinterpret_cast<sockaddr *>(&at), n) != 0 ||
        getsockname(fd, reinterpret_cast<sockaddr *>(&at), &n) != 0) {
        fail_msg("no free port");
    }
    close(fd);
    return ntohs(at.sin_port);
}

pid_t start(const std::vector<std::string> &command)
{
    std::vector<char *> argv;
    for (const std::string &word : command) {
        argv.push_back(const_cast<char *>(word.c_str()));
    }
    argv.push_back(nullptr);
    pid_t pid = fork();
    if (pid == 0) {
        (void)setpgid(0, 0); // xapian-tcpsrv sends SIGTERM on to its whole group
        if (freopen("/dev/null", "w", stdout) == nullptr ||
            freopen("/dev/null", "w", stderr) == nullptr) {
            _exit(126);
        }
        execvp(argv[0], argv.data());
        _exit(127);
    }
    assert_true(pid > 0);
    return pid;
}

int wait_for(pid_t pid)
{
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// A server, stopped at the end.
struct Server {
    pid_t pid;
    explicit Server(const std::vector<std::string> &command) : pid(start(command))
    {
    }
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;
    ~Server()
    {
        kill(pid, SIGTERM);
        waitpid(pid, nullptr, 0);
    }
};

} // namespace

static void every_operator_ranks_the_same(void **state)
{
    (void)state;
    Pair p(21);
    assert_same_search(Xapian::Database(p.ours), Xapian::Database(p.theirs), 5,
                       QUERIES_PER_OPERATOR);
}

static void the_public_view_is_the_same(void **state)
{
    (void)state;
    Pair p(22, 300);
    Xapian::Database a(p.ours), b(p.theirs);
    assert_true(a.get_doccount() == b.get_doccount() && a.get_lastdocid() == b.get_lastdocid());
    assert_true(a.get_avlength() == b.get_avlength());
    assert_true(a.has_positions());
    Xapian::TermIterator y = b.allterms_begin();
    for (Xapian::TermIterator x = a.allterms_begin(); x != a.allterms_end(); ++x, ++y) {
        assert_true(*x == *y);
        assert_true(a.get_termfreq(*x) == b.get_termfreq(*x));
        assert_true(a.get_collection_freq(*x) == b.get_collection_freq(*x));
        assert_true(a.get_wdf_upper_bound(*x) == b.get_wdf_upper_bound(*x));
    }
    assert_true(y == b.allterms_end());
    for (Xapian::valueno slot = 0; slot < 4; slot++) {
        assert_true(a.get_value_freq(slot) == b.get_value_freq(slot));
        assert_true(a.get_value_lower_bound(slot) == b.get_value_lower_bound(slot));
        assert_true(a.get_value_upper_bound(slot) == b.get_value_upper_bound(slot));
    }
    for (Xapian::docid id = 1; id <= a.get_lastdocid(); id++) {
        assert_true(a.get_document(id).serialise() == b.get_document(id).serialise());
        assert_true(a.get_doclength(id) == b.get_doclength(id));
        assert_true(a.get_unique_terms(id) == b.get_unique_terms(id));
    }
}

static void libxapian_changes_it_as_its_own(void **state)
{
    (void)state;
    Pair p(23);
    Corpus more = news_corpus(24, 300, 90);
    change(p.ours, more);
    change(p.theirs, more);
    assert_checks(p.ours);
    assert_same_database(p.ours, p.theirs);
    assert_same_search(Xapian::Database(p.ours), Xapian::Database(p.theirs), 6, 3);
}

static void it_compacts_with_others(void **state)
{
    (void)state;
    Pair p(25), q(26);
    Corpus more = news_corpus(27, 200, 60);
    change(q.ours, more);
    change(q.theirs, more);
    std::string ours = scratch_path("compact"), theirs = scratch_path("compact");
    Xapian::Database a(p.ours), b(p.theirs);
    a.add_database(Xapian::Database(q.ours));
    b.add_database(Xapian::Database(q.theirs));
    a.compact(ours);
    b.compact(theirs);
    assert_checks(ours);
    assert_same_database(ours, theirs);
}

static void it_is_served_to_remote_searchers(void **state)
{
    (void)state;
    if (!have_program("xapian-progsrv") || !have_program("xapian-tcpsrv")) {
        skip();
    }
    Pair p(28, 300);
    Xapian::Database piped = Xapian::Remote::open("/usr/bin/xapian-progsrv", p.ours);
    assert_same_search(piped, Xapian::Database(p.theirs), 7, 2);
    unsigned port = free_port();
    Server server({"xapian-tcpsrv", "--interface", "127.0.0.1", "--port", std::to_string(port),
                   "--quiet", p.ours});
    for (int attempt = 0;; attempt++) {
        try {
            assert_same_search(Xapian::Remote::open("127.0.0.1", port), Xapian::Database(p.theirs),
                               8, 2);
            break;
        } catch (const Xapian::NetworkError &) {
            assert_true(attempt < 200000 && kill(server.pid, 0) == 0); // not listening yet
        }
    }
}

static void it_is_replicated(void **state)
{
    (void)state;
    if (!have_program("xapian-replicate-server") || !have_program("xapian-replicate")) {
        skip();
    }
    Pair p(29, 300);
    std::string parent = p.ours.substr(0, p.ours.rfind('/'));
    std::string master = p.ours.substr(p.ours.rfind('/') + 1), copy = scratch_path("copy");
    std::string port = std::to_string(free_port());
    Server server({"xapian-replicate-server", "--interface", "127.0.0.1", "--port", port, parent});
    auto replicate = [&] {
        for (int attempt = 0; attempt < 400; attempt++) {
            if (wait_for(
                    start({"xapian-replicate", "--host", "127.0.0.1", "--port", port, "--master",
                           master, "--one-shot", "--reader-time", "0", "--quiet", copy})) == 0) {
                return true;
            }
        }
        return false;
    };
    assert_true(replicate());
    assert_same_search(Xapian::Database(copy), Xapian::Database(p.theirs), 9, 2);
    Corpus more = news_corpus(30, 50, 60);
    setenv("XAPIAN_MAX_CHANGESETS", "10", 1);
    change(p.ours, more);
    unsetenv("XAPIAN_MAX_CHANGESETS");
    change(p.theirs, more);
    assert_true(replicate());
    assert_same_search(Xapian::Database(copy), Xapian::Database(p.theirs), 10, 2);
}

int main()
{
    setenv("XAPIAN_FLUSH_THRESHOLD", "1000000", 1);
    const CMUnitTest tests[] = {
        cmocka_unit_test(every_operator_ranks_the_same),
        cmocka_unit_test(the_public_view_is_the_same),
        cmocka_unit_test(libxapian_changes_it_as_its_own),
        cmocka_unit_test(it_compacts_with_others),
        cmocka_unit_test(it_is_served_to_remote_searchers),
        cmocka_unit_test(it_is_replicated),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
