<?php

declare(strict_types=1);

namespace App\Controller;

use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\Routing\Attribute\Route;
use Twig\Environment;
use Twig\Loader\ArrayLoader;

final class MailController extends AbstractController
{
    private const GREETINGS = [
        'formal' => 'Dear {{ name }},',
        'casual' => 'Hi {{ name }}!',
    ];

    private string $layout = '';

    public function __construct(private Environment $twig)
    {
    }

    private function setLayout(string $source): self
    {
        $this->layout = $source;
        return $this;
    }

    private function compose(array $data): string
    {
        return $this->twig->createTemplate($this->layout)->render($data); // flaw: template-injection
    }

    #[Route('/preview', methods: ['POST'])]
    public function preview(Request $request): Response
    {
        $html = $this->twig->createTemplate($request->request->get('template'))->render(['user' => $this->getUser()]); // flaw: template-injection
        return $this->json(['html' => $html]);
    }

    #[Route('/greeting', methods: ['POST'])]
    public function greeting(Request $request): Response
    {
        $style = (string) $request->request->get('style');
        $source = self::GREETINGS[$style] ?? self::GREETINGS['formal'];
        $text = $this->twig->createTemplate($source)->render(['name' => $request->request->get('name')]); // fine: template-injection
        return $this->json(['text' => $text]);
    }

    #[Route('/campaign', methods: ['POST'])]
    public function campaign(Request $request): Response
    {
        $body = '<h1>' . $request->request->get('title') . '</h1><p>{{ user.name }}</p>';
        return $this->json(['html' => $this->setLayout($body)->compose(['user' => $this->getUser()])]);
    }

    #[Route('/card', methods: ['GET'])]
    public function card(Request $request): Response
    {
        $rows = '';
        foreach ($request->query->all('fields') as $field) {
            $rows .= "<li>$field</li>";
        }
        $loader = new ArrayLoader(['card' => '<ul>' . $rows . '</ul>{{ user.id }}']);
        $html = (new Environment($loader))->render('card', ['user' => $this->getUser()]); // flaw: template-injection
        return $this->json(['html' => $html]);
    }

    #[Route('/badge', methods: ['GET'])]
    public function badge(Request $request): Response
    {
        $loader = new ArrayLoader(['badge' => '<b class="badge">{{ label }}</b>']);
        $html = (new Environment($loader))->render('badge', ['label' => $request->query->get('label')]); // fine: template-injection
        return $this->json(['html' => $html]);
    }

    #[Route('/help', methods: ['GET'])]
    public function help(Request $request): Response
    {
        $topic = $request->query->get('topic');
        if (!in_array($topic, ['start', 'billing', 'api'], true)) {
            $topic = 'start';
        }
        return $this->render("help/$topic.html.twig", ['term' => $request->query->get('term')]); // fine: template-injection
    }

    #[Route('/footer', methods: ['POST'])]
    public function footer(Request $request): Response
    {
        $company = $request->request->get('company');
        $source = sprintf('{%% set year = "now"|date("Y") %%}<footer>%s {{ year }}</footer>', $company);
        $template = twig_template_from_string($this->twig, $source); // flaw: template-injection
        return $this->json(['html' => $template->render([])]);
    }

    #[Route('/receipt', methods: ['POST'])]
    public function receipt(Request $request): Response
    {
        return $this->render('mail/receipt.html.twig', [ // fine: template-injection
            'customer' => $request->request->get('customer'),
            'amount' => $request->request->getInt('amount'),
        ]);
    }
}
