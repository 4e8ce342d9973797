<?php
namespace Legacy;

use Legacy\Store\Articles;

function names(Articles $articles): array
{
    return $articles->names();
}
