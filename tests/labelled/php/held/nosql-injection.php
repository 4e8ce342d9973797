<?php

declare(strict_types=1);

namespace App\Controller;

use Doctrine\ODM\MongoDB\DocumentManager;
use MongoDB\BSON\Regex;
use MongoDB\Driver\Manager;
use MongoDB\Driver\Query;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\Routing\Attribute\Route;

final class CustomerController
{
    private const STATES = ['new', 'active', 'closed'];

    public function __construct(private Manager $manager, private DocumentManager $documents)
    {
    }

    private function rows(string $namespace, array $filter): array
    {
        $query = new Query($filter, ['limit' => 25]); // flaw: nosql-injection
        return $this->manager->executeQuery($namespace, $query)->toArray();
    }

    #[Route('/reset', methods: ['POST'])]
    public function reset(Request $request): JsonResponse
    {
        $body = $request->toArray();
        $found = $this->documents->getDocumentCollection('App\Document\Customer')->findOne(['resetToken' => $body['token']]); // flaw: nosql-injection
        return new JsonResponse(['found' => $found !== null]);
    }

    #[Route('/reset/v2', methods: ['POST'])]
    public function resetNext(Request $request): JsonResponse
    {
        $token = $request->request->getString('token');
        $found = $this->documents->getDocumentCollection('App\Document\Customer')->findOne(['resetToken' => $token]); // fine: nosql-injection
        return new JsonResponse(['found' => $found !== null]);
    }

    #[Route('/customers', methods: ['POST'])]
    public function customers(Request $request): JsonResponse
    {
        $filter = [];
        foreach ($request->toArray()['conditions'] ?? [] as $condition) {
            $filter['profile.' . $condition['name']] = $condition['value'];
        }
        return new JsonResponse($this->rows('crm.customers', $filter));
    }

    #[Route('/visits', methods: ['GET'])]
    public function visits(Request $request): JsonResponse
    {
        $script = sprintf('function () { return this.ms > %s; }', $request->query->get('ms', '100'));
        $builder = $this->documents->createQueryBuilder('App\Document\Visit');
        $builder->where($script); // flaw: nosql-injection
        return new JsonResponse($builder->hydrate(false)->getQuery()->execute()->toArray());
    }

    #[Route('/visits/v2', methods: ['GET'])]
    public function visitsNext(Request $request): JsonResponse
    {
        $builder = $this->documents->createQueryBuilder('App\Document\Visit');
        $builder->field('ms')->gt($request->query->getInt('ms', 100)); // fine: nosql-injection
        return new JsonResponse($builder->hydrate(false)->getQuery()->execute()->toArray());
    }

    #[Route('/suggest', methods: ['GET'])]
    public function suggest(Request $request): JsonResponse
    {
        $start = preg_quote((string) $request->query->get('q', ''));
        $query = new Query(['name' => new Regex('^' . $start, 'i')], ['limit' => 10]); // fine: nosql-injection
        return new JsonResponse($this->manager->executeQuery('crm.customers', $query)->toArray());
    }

    #[Route('/state', methods: ['POST'])]
    public function state(Request $request): JsonResponse
    {
        $state = $request->toArray()['state'] ?? 'new';
        if (!in_array($state, self::STATES, true)) {
            return new JsonResponse(['error' => 'state'], 422);
        }
        $query = new Query(['state' => $state]); // fine: nosql-injection
        return new JsonResponse($this->manager->executeQuery('crm.customers', $query)->toArray());
    }

    #[Route('/stats', methods: ['POST'])]
    public function stats(Request $request): JsonResponse
    {
        $stages = [['$match' => ['archived' => false]]];
        $extra = json_decode((string) $request->request->get('match', '{}'), true);
        if ($extra) {
            array_unshift($stages, ['$match' => $extra]);
        }
        $stages[] = ['$count' => 'n'];
        $rows = $this->documents->getDocumentCollection('App\Document\Visit')->aggregate($stages); // flaw: nosql-injection
        return new JsonResponse($rows->toArray());
    }
}
