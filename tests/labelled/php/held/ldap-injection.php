<?php

declare(strict_types=1);

namespace App\Directory;

use Laminas\Ldap\Filter;
use Laminas\Ldap\Ldap as LaminasLdap;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Ldap\Ldap;
use Symfony\Component\Ldap\LdapInterface;

final class DirectoryController
{
    private const BASE = 'dc=corp,dc=example,dc=com';
    private const ATTRIBUTES = ['mail', 'title', 'telephoneNumber'];

    private string $filter = '';

    public function __construct(private Ldap $ldap, private LaminasLdap $laminas)
    {
    }

    private function where(string $attribute, ?string $value): self
    {
        if ($value !== null && $value !== '') {
            $this->filter .= "($attribute=$value)";
        }
        return $this;
    }

    private function run(): array
    {
        $query = $this->ldap->query(self::BASE, "(&(objectClass=user){$this->filter})"); // flaw: ldap-injection
        return $query->execute()->toArray();
    }

    public function people(Request $request): JsonResponse
    {
        $this->where('department', $request->query->get('team'))->where('cn', $request->query->get('name'));
        return new JsonResponse($this->run());
    }

    public function photo(Request $request): JsonResponse
    {
        $entries = $this->ldap->query(self::BASE, '(sAMAccountName=' . $request->query->get('login') . ')')->execute(); // flaw: ldap-injection
        return new JsonResponse(count($entries));
    }

    public function title(Request $request): JsonResponse
    {
        $login = $this->ldap->escape((string) $request->query->get('login'), '', LdapInterface::ESCAPE_FILTER);
        $entries = $this->ldap->query(self::BASE, "(sAMAccountName=$login)")->execute(); // fine: ldap-injection
        return new JsonResponse(count($entries));
    }

    public function holders(Request $request): JsonResponse
    {
        $attribute = $request->attributes->get('attribute');
        if (!in_array($attribute, self::ATTRIBUTES, true)) {
            return new JsonResponse(null, 404);
        }
        $entries = $this->ldap->query(self::BASE, "($attribute=*)", ['maxItems' => 20])->execute(); // fine: ldap-injection
        return new JsonResponse(count($entries));
    }

    public function office(Request $request): JsonResponse
    {
        $filter = Filter::andFilter(
            Filter::equals('objectClass', 'user'),
            Filter::equals('physicalDeliveryOfficeName', (string) $request->query->get('office')),
        );
        $result = $this->laminas->search($filter, self::BASE, LaminasLdap::SEARCH_SCOPE_SUB); // fine: ldap-injection
        return new JsonResponse($result->count());
    }

    public function printers(Request $request): JsonResponse
    {
        $names = [];
        foreach (explode(',', (string) $request->query->get('names')) as $name) {
            $names[] = '(printerName=' . trim($name) . ')';
        }
        $filter = '(|' . implode('', $names) . ')';
        $result = $this->laminas->search($filter, self::BASE); // flaw: ldap-injection
        return new JsonResponse($result->count());
    }

    public function entry(Request $request): JsonResponse
    {
        $ou = $request->query->get('ou', 'staff');
        $cn = $request->query->get('cn');
        $entry = $this->laminas->getEntry(sprintf('cn=%s,ou=%s,%s', $cn, $ou, self::BASE)); // flaw: ldap-injection
        return new JsonResponse(['found' => $entry !== null]);
    }

    public function badge(Request $request): JsonResponse
    {
        $badge = (string) $request->query->get('badge');
        if (!ctype_digit($badge)) {
            return new JsonResponse(null, 400);
        }
        $result = $this->laminas->search('(employeeNumber=' . $badge . ')', self::BASE); // fine: ldap-injection
        return new JsonResponse($result->count());
    }
}
