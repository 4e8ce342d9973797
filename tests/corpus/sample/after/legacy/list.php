<?php
namespace Legacy;

use Legacy\Store\Articles;
use Legacy\Store\Customers;

function names(Articles $articles): array
{
    return $articles->names();
}
