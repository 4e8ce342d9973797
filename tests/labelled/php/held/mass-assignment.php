<?php

declare(strict_types=1);

namespace App\Controller;

use App\Entity\Course;
use App\Entity\Student;
use Cake\ORM\Entity;
use Cake\ORM\Locator\LocatorAwareTrait;
use Doctrine\DBAL\Connection;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\PropertyAccess\PropertyAccessorInterface;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\Serializer\Normalizer\AbstractNormalizer;
use Symfony\Component\Serializer\SerializerInterface;

final class Teacher extends Entity
{
    protected array $_accessible = ['*' => true]; // flaw: mass-assignment
}

final class Lesson extends Entity
{
    protected array $_accessible = ['title' => true, 'starts_at' => true, 'owner_id' => false]; // fine: mass-assignment
}

final class SchoolController
{
    use LocatorAwareTrait;

    public function __construct(
        private Connection $db,
        private SerializerInterface $serializer,
        private PropertyAccessorInterface $accessor,
    ) {
    }

    private function fill(Student $student, array $values): Student
    {
        foreach ($values as $name => $value) {
            $this->accessor->setValue($student, (string) $name, $value); // flaw: mass-assignment
        }
        return $student;
    }

    #[Route('/students/me', methods: ['PATCH'])]
    public function student(Request $request, Student $student): JsonResponse
    {
        $this->fill($student, array_filter($request->toArray(), static fn ($v): bool => $v !== ''));
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/students/me/contact', methods: ['PATCH'])]
    public function contact(Request $request, Student $student): JsonResponse
    {
        $body = $request->toArray();
        foreach (['name', 'phone'] as $name) {
            if (isset($body[$name])) {
                $this->accessor->setValue($student, $name, (string) $body[$name]); // fine: mass-assignment
            }
        }
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/courses/{id}', methods: ['PUT'])]
    public function course(Request $request, Course $course): JsonResponse
    {
        $context = [AbstractNormalizer::OBJECT_TO_POPULATE => $course];
        $this->serializer->deserialize($request->getContent(), Course::class, 'json', $context); // flaw: mass-assignment
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/courses/{id}/text', methods: ['PUT'])]
    public function courseText(Request $request, Course $course): JsonResponse
    {
        $context = [AbstractNormalizer::OBJECT_TO_POPULATE => $course, AbstractNormalizer::ATTRIBUTES => ['title', 'summary']];
        $this->serializer->deserialize($request->getContent(), Course::class, 'json', $context); // fine: mass-assignment
        return new JsonResponse(['ok' => true]);
    }

    #[Route('/lessons/{id}', methods: ['POST'])]
    public function lesson(Request $request, int $id): JsonResponse
    {
        $table = $this->fetchTable('Lessons');
        $lesson = $table->get($id);
        $options = ['accessibleFields' => ['*' => true]];
        $table->patchEntity($lesson, $request->request->all(), $options); // flaw: mass-assignment
        return new JsonResponse(['saved' => (bool) $table->save($lesson)]);
    }

    #[Route('/lessons/{id}/title', methods: ['POST'])]
    public function lessonTitle(Request $request, int $id): JsonResponse
    {
        $table = $this->fetchTable('Lessons');
        $lesson = $table->patchEntity($table->get($id), $request->request->all(), ['fields' => ['title']]); // fine: mass-assignment
        return new JsonResponse(['saved' => (bool) $table->save($lesson)]);
    }

    #[Route('/enrolments', methods: ['POST'])]
    public function enrol(Request $request): JsonResponse
    {
        $values = ['status' => 'pending', 'discount' => 0];
        $values = array_replace($values, array_intersect_key($request->toArray(), array_flip(['course_id', 'status', 'discount'])));
        $this->db->insert('enrolments', $values); // flaw: mass-assignment
        return new JsonResponse(['ok' => true], 201);
    }
}
