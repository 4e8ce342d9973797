<?php

declare(strict_types=1);

namespace App\Controller;

use Symfony\Component\Filesystem\Filesystem;
use Symfony\Component\Filesystem\Path;
use Symfony\Component\HttpFoundation\BinaryFileResponse;
use Symfony\Component\HttpFoundation\File\UploadedFile;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\Uid\Uuid;

final class LibraryController
{
    private const LIBRARY = '/data/library';
    private const THEMES = ['plain' => 'plain.css', 'night' => 'night.css'];

    private string $current = self::LIBRARY;

    public function __construct(private Filesystem $files)
    {
    }

    private function enter(?string $folder): self
    {
        if ($folder !== null) {
            $this->current .= '/' . $folder;
        }
        return $this;
    }

    private function names(): array
    {
        return scandir($this->current); // flaw: path-traversal
    }

    #[Route('/page')]
    public function page(Request $request): Response
    {
        return new BinaryFileResponse(self::LIBRARY . '/' . $request->query->get('file')); // flaw: path-traversal
    }

    #[Route('/chapter')]
    public function chapter(Request $request): Response
    {
        $path = Path::canonicalize(self::LIBRARY . '/' . $request->query->get('file'));
        if (!Path::isBasePath(self::LIBRARY, $path)) {
            return new Response('', 404);
        }
        return new BinaryFileResponse($path); // fine: path-traversal
    }

    #[Route('/shelf')]
    public function shelf(Request $request): Response
    {
        return new JsonResponse($this->enter($request->query->get('section'))->enter($request->query->get('row'))->names());
    }

    #[Route('/theme/{name}')]
    public function theme(string $name): Response
    {
        return new BinaryFileResponse('/srv/app/themes/' . (self::THEMES[$name] ?? 'plain.css')); // fine: path-traversal
    }

    #[Route('/move', methods: ['POST'])]
    public function move(Request $request): Response
    {
        $paths = [];
        foreach (['from', 'to'] as $key) {
            $paths[] = self::LIBRARY . '/' . str_replace('../', '', (string) $request->request->get($key));
        }
        $this->files->rename($paths[0], $paths[1], true); // flaw: path-traversal
        return new Response('', 204);
    }

    #[Route('/upload', methods: ['POST'])]
    public function upload(Request $request): Response
    {
        /** @var UploadedFile $file */
        $file = $request->files->get('file');
        $name = Uuid::v4()->toRfc4122() . '.bin';
        $file->move(self::LIBRARY . '/incoming', $name); // fine: path-traversal
        return new JsonResponse(['name' => $name]);
    }

    #[Route('/note', methods: ['PUT'])]
    public function note(Request $request): Response
    {
        $folder = $request->query->get('folder', 'inbox');
        $target = sprintf('/data/notes/%s/%d.txt', $folder, $request->query->getInt('id'));
        $this->files->dumpFile($target, $request->getContent()); // flaw: path-traversal
        return new Response('', 204);
    }

    #[Route('/export/{id}')]
    public function export(string $id): Response
    {
        if (!Uuid::isValid($id)) {
            return new Response('', 400);
        }
        return new BinaryFileResponse("/data/exports/$id.zip"); // fine: path-traversal
    }
}
