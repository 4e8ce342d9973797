<?php

declare(strict_types=1);

const BASE = 'ou=people,dc=example,dc=org';
const UNITS = ['sales', 'support', 'engineering'];

final class Directory
{
    /** @var \LDAP\Connection */
    private $link;

    public function __construct(string $url)
    {
        $this->link = ldap_connect($url);
        ldap_set_option($this->link, LDAP_OPT_PROTOCOL_VERSION, 3);
        ldap_bind($this->link, getenv('LDAP_DN'), getenv('LDAP_PASSWORD'));
    }

    public function link(): \LDAP\Connection
    {
        return $this->link;
    }

    public function search(string $filter, array $attributes = ['cn', 'mail']): array
    {
        $result = ldap_search($this->link, BASE, $filter, $attributes, 0, 50); // flaw: ldap-injection
        return ldap_get_entries($this->link, $result);
    }

    public function byMail(string $mail): array
    {
        $filter = '(&(objectClass=person)(mail=' . ldap_escape($mail, '', LDAP_ESCAPE_FILTER) . '))';
        $result = ldap_search($this->link, BASE, $filter); // fine: ldap-injection
        return ldap_get_entries($this->link, $result);
    }

    public function inUnit(string $unit): array
    {
        if (!in_array($unit, UNITS, true)) {
            return [];
        }
        $result = ldap_list($this->link, "ou=$unit," . BASE, '(objectClass=person)'); // fine: ldap-injection
        return ldap_get_entries($this->link, $result);
    }
}

function phonebook(Directory $directory, array $input): array
{
    $clauses = ['(objectClass=person)'];
    if (!empty($input['surname'])) {
        $clauses[] = '(sn=' . $input['surname'] . '*)';
    }
    if (!empty($input['city'])) {
        $clauses[] = sprintf('(l=%s)', $input['city']);
    }
    return $directory->search('(&' . implode('', $clauses) . ')');
}

$directory = new Directory(getenv('LDAP_URL'));
$link = $directory->link();
header('Content-Type: application/json');

switch ($_GET['action'] ?? '') {
    case 'user':
        $result = ldap_search($link, BASE, "(uid={$_GET['uid']})"); // flaw: ldap-injection
        echo json_encode(ldap_get_entries($link, $result));
        break;
    case 'mail':
        echo json_encode($directory->byMail($_GET['mail'] ?? ''));
        break;
    case 'phonebook':
        echo json_encode(phonebook($directory, $_GET));
        break;
    case 'unit':
        echo json_encode($directory->inUnit($_GET['unit'] ?? ''));
        break;
    case 'group':
        $dn = 'cn=' . $_GET['group'] . ',ou=groups,dc=example,dc=org';
        $result = ldap_read($link, $dn, '(objectClass=groupOfNames)', ['member']); // flaw: ldap-injection
        echo json_encode(ldap_get_entries($link, $result));
        break;
    case 'team':
        $dn = 'cn=' . ldap_escape($_GET['team'] ?? '', '', LDAP_ESCAPE_DN) . ',ou=teams,dc=example,dc=org';
        $result = ldap_read($link, $dn, '(objectClass=groupOfNames)', ['member']); // fine: ldap-injection
        echo json_encode(ldap_get_entries($link, $result));
        break;
    case 'floor':
        $filter = '(roomNumber=' . (int) ($_GET['floor'] ?? 0) . '-*)';
        $result = ldap_search($link, BASE, $filter, ['cn']); // fine: ldap-injection
        echo json_encode(ldap_get_entries($link, $result));
        break;
    case 'active':
        $filter = str_replace('%u', $_POST['username'] ?? '', '(&(uid=%u)(accountStatus=active))');
        $found = ldap_count_entries($link, ldap_list($link, BASE, $filter)); // flaw: ldap-injection
        echo json_encode(['active' => $found === 1]);
        break;
}
