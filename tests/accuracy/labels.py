"""What the labels of other tools are about: their ids by topic of docs/rules, or by rule of ours where a topic is wider."""
import collections


def table(text):
    """`topic: id id ..` per line -> {id: {topic, ..}}."""
    ids = collections.defaultdict(set)
    for line in text.strip().splitlines():
        topics, names = line.split(': ')
        for name in names.split():
            ids[name].update(topics.split())
    return ids


PYTHON = table('''
code-evaluation: 102 307
permissions: 103
bind-all: 104
hard-coded-password: 105 106 107
temp-file: 108 306 325
debug-server: 201
archive-extraction: 202
deserialization: 301 302 506 614
weak-hash: 303 324
weak-cipher: 304 305 505
xss: 308 701 702 703 704
ssrf path-traversal: 310
weak-random: 311
xxe: 313 314 315 316 317 318 319 320
tls-verification: 323 501 507
tls-version: 502 503 504
command-injection: 601 602 604 605 609
sql-injection: 608 610 611
''')
GO = table('''
hard-coded-password hard-coded-key: 101
bind-all: 102
tls-verification: 106 123
ssrf: 107 704
debug-server: 108
integer-trap: 109 115
archive-extraction unchecked-size: 110
path-traversal: 111 304 703
unchecked-size: 120
csrf: 121
file-race: 122
cookie: 124
sql-injection: 201 202 701
xss: 203 705
command-injection: 204 702
permissions: 301 302 306 307
temp-file: 303
archive-extraction path-traversal: 305
weak-hash: 401 406
tls-verification tls-version weak-cipher: 402
weak-cipher: 403 405
weak-random: 404
go-fixed-nonce go-nonce-flow: 407
log-injection: 706
header-injection: 707
template-injection xss: 708
deserialization: 709
open-redirect: 710
''')
JAVA = table('''
command-injection: COMMAND_INJECTION
sql-injection: SQL_INJECTION SQL_INJECTION_SPRING_JDBC SQL_INJECTION_HIBERNATE SQL_INJECTION_JPA SQL_INJECTION_JDBC
sql-injection: SQL_INJECTION_TURBINE SQL_INJECTION_ANDROID SQL_INJECTION_VERTX SQL_INJECTION_JDO
nosql-injection sql-injection: AWS_QUERY_INJECTION
ldap-injection: LDAP_INJECTION
xpath-injection: XPATH_INJECTION
path-traversal: PATH_TRAVERSAL_IN PATH_TRAVERSAL_OUT STRUTS_FILE_DISCLOSURE SPRING_FILE_DISCLOSURE
path-traversal: REQUESTDISPATCHER_FILE_DISCLOSURE FILE_UPLOAD_FILENAME
xss: XSS_SERVLET XSS_REQUEST_WRAPPER
hard-coded-password hard-coded-key: HARD_CODE_PASSWORD HARD_CODE_KEY
weak-cipher: RSA_KEY_SIZE ECB_MODE DES_USAGE TDES_USAGE CIPHER_INTEGRITY PADDING_ORACLE RSA_NO_PADDING
weak-cipher: BLOWFISH_KEY_SIZE NULL_CIPHER HAZELCAST_SYMMETRIC_ENCRYPTION
hard-coded-key: STATIC_IV
xxe: XXE_DTD_TRANSFORM_FACTORY XXE_XSLT_TRANSFORM_FACTORY XXE_DOCUMENT XXE_XMLSTREAMREADER XXE_SAXPARSER
xxe: XXE_XMLREADER XXE_VALIDATOR XXE_SCHEMA_FACTORY XXE_XPATH
header-injection: HTTP_RESPONSE_SPLITTING SMTP_HEADER_INJECTION
deserialization: OBJECT_DESERIALIZATION XML_DECODER JACKSON_UNSAFE_DESERIALIZATION RPC_ENABLED_EXTENSIONS
code-evaluation: OGNL_INJECTION SPEL_INJECTION GROOVY_SHELL EL_INJECTION SCRIPT_ENGINE_INJECTION
cors: PERMISSIVE_CORS
weak-random: PREDICTABLE_RANDOM
weak-hash: WEAK_MESSAGE_DIGEST_MD5 WEAK_MESSAGE_DIGEST_SHA1
log-injection: CRLF_INJECTION_LOGS
cookie: INSECURE_COOKIE HTTPONLY_COOKIE
tls-verification: WEAK_TRUST_MANAGER WEAK_HOSTNAME_VERIFIER INSECURE_SMTP_SSL
tls-version: SSL_CONTEXT DEFAULT_HTTP_CLIENT
open-redirect: SPRING_UNVALIDATED_REDIRECT UNVALIDATED_REDIRECT
redos: REDOS
template-injection: TEMPLATE_INJECTION_PEBBLE TEMPLATE_INJECTION_FREEMARKER TEMPLATE_INJECTION_VELOCITY
permissions: OVERLY_PERMISSIVE_FILE_PERMISSION ANDROID_WORLD_WRITABLE
trust-boundary: TRUST_BOUNDARY_VIOLATION
csrf: SPRING_CSRF_PROTECTION_DISABLED SPRING_CSRF_UNRESTRICTED_REQUEST_MAPPING
format-string: FORMAT_STRING_MANIPULATION
mass-assignment: BEAN_PROPERTY_INJECTION ENTITY_MASS_ASSIGNMENT
ssrf: URLCONNECTION_SSRF_FD
''')
JAVASCRIPT = table('''
unchecked-size: detect-buffer-noassert
command-injection: detect-child-process
xss: detect-disable-mustache-escape
code-evaluation: detect-eval-with-expression no-eval no-implied-eval no-new-func
csrf: detect-no-csrf-before-method-override
path-traversal: detect-non-literal-fs-filename detect-non-literal-require
redos: detect-non-literal-regexp detect-unsafe-regex
weak-random: detect-pseudoRandomBytes
javascript-new-buffer javascript-new-buffer-variable: detect-new-buffer
javascript-timing-comparison: detect-possible-timing-attacks
javascript-dynamic-require javascript-variable-require: detect-non-literal-require
javascript-self-comparison: no-self-compare
javascript-nan-comparison javascript-not-nan-comparison javascript-nan-never-found: use-isnan
javascript-invalid-typeof: valid-typeof
javascript-self-assignment: no-self-assign
javascript-await-in-loop: no-await-in-loop
javascript-async-promise-executor: no-async-promise-executor
javascript-parse-int-radix javascript-parse-int-invalid-radix: radix
javascript-unsafe-finally: no-unsafe-finally
javascript-throw-literal javascript-throw-non-error: no-throw-literal
javascript-assignment-in-condition: no-cond-assign
javascript-array-callback-without-return javascript-array-callback-no-value: array-callback-return
javascript-duplicate-condition: no-dupe-else-if
javascript-useless-rename javascript-useless-rename-default javascript-useless-alias: no-useless-rename
javascript-negated-in javascript-negated-instanceof: no-unsafe-negation
javascript-new-wrapper: no-new-wrappers
javascript-new-symbol: no-new-native-nonconstructor
javascript-negative-zero javascript-negative-zero-order javascript-negative-zero-unequal: no-compare-neg-zero
''')
