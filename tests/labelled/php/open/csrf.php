<?php

declare(strict_types=1);

namespace App\Form;

use App\Entity\Account;
use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\Form\AbstractType;
use Symfony\Component\Form\Extension\Core\Type\EmailType;
use Symfony\Component\Form\Extension\Core\Type\SearchType;
use Symfony\Component\Form\FormBuilderInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\OptionsResolver\OptionsResolver;

final class EmailChangeType extends AbstractType
{
    public function buildForm(FormBuilderInterface $builder, array $options): void
    {
        $builder->add('email', EmailType::class);
    }

    public function configureOptions(OptionsResolver $resolver): void
    {
        $resolver->setDefaults(['data_class' => Account::class, 'csrf_protection' => false]); // flaw: csrf
    }
}

final class AddressType extends AbstractType
{
    public function buildForm(FormBuilderInterface $builder, array $options): void
    {
        $builder->add('street')->add('city');
    }

    public function configureOptions(OptionsResolver $resolver): void
    {
        $resolver->setDefaults(['csrf_protection' => true, 'csrf_token_id' => 'address']); // fine: csrf
    }
}

final class SearchFormType extends AbstractType
{
    public function buildForm(FormBuilderInterface $builder, array $options): void
    {
        $builder->setMethod('GET')->add('q', SearchType::class);
    }

    public function configureOptions(OptionsResolver $resolver): void
    {
        $resolver->setDefaults(['method' => 'GET', 'csrf_protection' => false]); // fine: csrf
    }
}

final class AccountController extends AbstractController
{
    private array $formOptions = ['validation_groups' => ['transfer']];

    private function withoutToken(): array
    {
        $options = $this->formOptions;
        $options['csrf_protection'] = false; // flaw: csrf
        return $options;
    }

    public function transfer(Request $request): Response
    {
        $form = $this->createFormBuilder(null, $this->withoutToken())->add('iban')->add('amount')->getForm();
        $form->handleRequest($request);
        return $form->isSubmitted() && $form->isValid() ? $this->redirectToRoute('done') : $this->redirectToRoute('transfer');
    }

    public function close(Request $request): Response
    {
        $form = $this->createForm(AddressType::class, null, ['csrf_protection' => !$request->isMethod('POST')]); // flaw: csrf
        $form->handleRequest($request);
        return $this->redirectToRoute($form->isSubmitted() ? 'closed' : 'account');
    }

    public function address(Request $request): Response
    {
        $form = $this->createForm(AddressType::class, null, ['csrf_token_id' => 'address-' . $this->getUser()->getUserIdentifier()]); // fine: csrf
        $form->handleRequest($request);
        return $this->redirectToRoute('account');
    }

    public function remove(Request $request): Response
    {
        if (!$this->isCsrfTokenValid('remove', (string) $request->request->get('_token'))) { // fine: csrf
            throw $this->createAccessDeniedException();
        }
        return $this->redirectToRoute('removed');
    }

    public function promote(Request $request): Response
    {
        $token = (string) $request->request->get('_token');
        if ($token !== '' && !$this->isCsrfTokenValid('promote', $token)) { // flaw: csrf
            throw $this->createAccessDeniedException();
        }
        return $this->redirectToRoute('promoted');
    }
}
