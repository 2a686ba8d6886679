<?php

/*
 * POST /chat-credentials: signs the person who is signed in to your application in to Rocket.Chat,
 * and answers {"userId", "authToken", "username"} for the `auth` of <rc-chat-pane>.
 *
 * Needs PHP 8.1 with its openssl extension, and in the environment ROCKET_CHAT, the address of the
 * workspace, such as https://chat.example.com. Replace userOf() by what your application has.
 */

declare(strict_types=1);

const TIME_LIMIT = 5; // seconds

ini_set('display_errors', '0');

/**
 * Your application's own: whose session this is. The user never comes from the request's body or query.
 *
 * @return array{string, string}|null name and password of the person's Rocket.Chat account
 */
function userOf(): ?array
{
    if (!isset($_COOKIE[session_name()]) || !session_start(['read_and_close' => true])) {
        return null;
    }
    $name = $_SESSION['chatName'] ?? null;
    $password = $_SESSION['chatPassword'] ?? null;
    return is_string($name) && is_string($password) ? [$name, $password] : null;
}

/**
 * A fresh login token. Whatever goes wrong with Rocket.Chat, the answer is null.
 *
 * @return array{userId: string, authToken: string}|null
 */
function logIn(string $name, string $password): ?array
{
    $context = stream_context_create([
        'http' => [
            'method' => 'POST',
            'header' => 'Content-Type: application/json',
            'content' => json_encode(['user' => $name, 'password' => $password], JSON_THROW_ON_ERROR),
            'timeout' => TIME_LIMIT,
            'follow_location' => 0,
        ],
        'ssl' => ['verify_peer' => true, 'verify_peer_name' => true], // the defaults, so that they stay
    ]);
    $body = @file_get_contents(getenv('ROCKET_CHAT') . '/api/v1/login', false, $context);
    $data = json_decode((string) $body, true)['data'] ?? null;
    $userId = $data['userId'] ?? null;
    $authToken = $data['authToken'] ?? null;
    return is_string($userId) && is_string($authToken) ? compact('userId', 'authToken') : null;
}

/** Ends the request. An error is its status, and no more. */
function answer(int $status, array $body = []): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    echo json_encode((object) $body, JSON_THROW_ON_ERROR);
    exit();
}

// Browsers write this header themselves; a page of another origin can neither set nor leave it out.
$ownPage = ($_SERVER['HTTP_SEC_FETCH_SITE'] ?? '') === 'same-origin';
if ($_SERVER['REQUEST_METHOD'] !== 'POST' || !$ownPage) {
    answer(401);
}
try {
    $user = userOf();
} catch (Throwable) {
    $user = null;
}
if ($user === null) {
    answer(401);
}
try {
    $login = logIn(...$user);
} catch (Throwable) {
    $login = null;
}
if ($login === null) {
    answer(502);
}
answer(200, [...$login, 'username' => $user[0]]);
