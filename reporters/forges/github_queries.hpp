// The GraphQL documents that Peer sends; tests hold each against GitHub's schema.
#pragma once

#include <array>
#include <string_view>

namespace peer {

inline constexpr const char* kTalkQuery =
    "query($owner:String!,$repo:String!,$number:Int!,$threads:String,$comments:String){"
    "viewer{login}"
    "repository(owner:$owner,name:$repo){pullRequest(number:$number){"
    "reviewThreads(first:100,after:$threads){pageInfo{hasNextPage endCursor}"
    "nodes{id isResolved path resolvedBy{login}"
    "comments(first:20){totalCount nodes{fullDatabaseId body viewerDidAuthor isMinimized}}}}"
    "comments(first:100,after:$comments){pageInfo{hasNextPage endCursor}"
    "nodes{fullDatabaseId body viewerDidAuthor}}}}}";

inline constexpr const char* kResolveMutation =
    "mutation($id:ID!){resolveReviewThread(input:{threadId:$id}){thread{isResolved}}}";

inline constexpr const char* kUnresolveMutation =
    "mutation($id:ID!){unresolveReviewThread(input:{threadId:$id}){thread{isResolved}}}";

inline constexpr const char* kViewerQuery = "query{viewer{login}}";

inline constexpr const char* kCommitMutation =
    "mutation($input:CreateCommitOnBranchInput!){createCommitOnBranch(input:$input){commit{oid}}}";

inline constexpr std::array<std::string_view, 5> kGraphQlDocuments{
    kTalkQuery, kResolveMutation, kUnresolveMutation, kViewerQuery, kCommitMutation};

}  // namespace peer
