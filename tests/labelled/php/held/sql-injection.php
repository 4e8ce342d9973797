<?php

declare(strict_types=1);

namespace App\Http\Controllers;

use App\Models\Member;
use Doctrine\ORM\EntityManagerInterface;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\DB;

class MemberController extends Controller
{
    private const COLUMNS = ['name', 'joined', 'city'];

    public function __construct(private EntityManagerInterface $em)
    {
    }

    public function search(Request $request): JsonResponse
    {
        return response()->json(DB::select("SELECT id FROM members WHERE name LIKE '%{$request->q}%'")); // flaw: sql-injection
    }

    public function lookup(Request $request): JsonResponse
    {
        return response()->json(DB::select('SELECT id FROM members WHERE name LIKE ?', ['%' . $request->q . '%'])); // fine: sql-injection
    }

    public function sorted(Request $request): JsonResponse
    {
        $column = $request->input('by');
        $column = in_array($column, self::COLUMNS, true) ? $column : 'name';
        return response()->json(Member::query()->orderByRaw($column . ' IS NULL, ' . $column)->get()); // fine: sql-injection
    }

    public function ranked(Request $request): JsonResponse
    {
        $expression = $request->input('by', 'joined');
        $members = Member::query()
            ->where('active', true)
            ->orderByRaw("FIELD(city, 'Oslo') DESC, $expression") // flaw: sql-injection
            ->get();
        return response()->json($members);
    }

    public function report(Request $request): JsonResponse
    {
        $where = [];
        if ($request->has('from')) {
            $where[] = "m.joined >= '" . $request->input('from') . "'";
        }
        if ($request->has('to')) {
            $where[] = "m.joined < '" . $request->input('to') . "'";
        }
        $dql = 'SELECT m FROM App\Entity\Member m';
        if ($where) {
            $dql .= ' WHERE ' . implode(' AND ', $where);
        }
        return response()->json($this->em->createQuery($dql)->getArrayResult()); // flaw: sql-injection
    }

    public function reportNext(Request $request): JsonResponse
    {
        $builder = $this->em->createQueryBuilder()->select('m')->from('App\Entity\Member', 'm');
        if ($request->has('from')) {
            $builder->andWhere('m.joined >= :from')->setParameter('from', $request->input('from')); // fine: sql-injection
        }
        return response()->json($builder->getQuery()->getArrayResult());
    }

    public function city(Request $request): JsonResponse
    {
        return response()->json($this->inCity((string) $request->route('city')));
    }

    private function inCity(string $city): array
    {
        $sql = sprintf("SELECT id, name FROM members WHERE city = '%s'", addcslashes($city, '%_'));
        return $this->em->getConnection()->executeQuery($sql)->fetchAllAssociative(); // flaw: sql-injection
    }

    public function town(Request $request): JsonResponse
    {
        $connection = $this->em->getConnection();
        $sql = 'SELECT id, name FROM members WHERE town = ' . $connection->quote((string) $request->route('town'));
        return response()->json($connection->executeQuery($sql)->fetchAllAssociative()); // fine: sql-injection
    }

    public function logins(int $id): JsonResponse
    {
        $rows = DB::table('logins')->selectRaw("at, ip, member_id = {$id} AS own")->limit(20)->get(); // fine: sql-injection
        return response()->json($rows);
    }
}
